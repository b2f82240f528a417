<?php declare(strict_types=1);

namespace Loyalty\Sidecar\Service;

/**
 * A QR code (ISO/IEC 18004) of a text in bytes, with medium error correction: enough for an address, made here so that nobody else
 * learns what is in it.
 */
class QrCode
{
    /** By version: all codewords, those of error correction in a block, and blocks. */
    private const VERSIONS = [
        1 => [26, 10, 1], 2 => [44, 16, 1], 3 => [70, 26, 1], 4 => [100, 18, 2], 5 => [134, 24, 2],
        6 => [172, 16, 4], 7 => [196, 18, 4], 8 => [242, 22, 4], 9 => [292, 22, 5], 10 => [346, 26, 5],
    ];
    /** Middles of the small squares, in both directions. */
    private const ALIGNMENTS = [
        1 => [], 2 => [6, 18], 3 => [6, 22], 4 => [6, 26], 5 => [6, 30],
        6 => [6, 34], 7 => [6, 22, 38], 8 => [6, 24, 42], 9 => [6, 26, 46], 10 => [6, 28, 50],
    ];
    /** Light modules around it, without which readers do not find it. */
    private const QUIET = 4;
    /** One of eight; readers learn from the code which it is. */
    private const MASK = 0;

    /** @return bool[][]|null rows of modules, true = dark; null = the text is too long */
    public function modules(string $text): ?array
    {
        foreach (self::VERSIONS as $version => [$all, $correction, $blocks]) {
            $room = $all - $correction * $blocks;
            // Four bits say how it is written, then the length in 8 or 16.
            if (strlen($text) * 8 + 4 + ($version < 10 ? 8 : 16) <= $room * 8) {
                return $this->drawn($version, $this->codewords($text, $version, $room));
            }
        }

        return null;
    }

    /** @return string|null a picture without a size of its own */
    public function svg(string $text): ?string
    {
        $modules = $this->modules($text);
        if ($modules === null) {
            return null;
        }
        $path = '';
        foreach ($modules as $y => $row) {
            foreach ($row as $x => $isDark) {
                $path .= $isDark ? sprintf('M%d %dh1v1h-1z', $x + self::QUIET, $y + self::QUIET) : '';
            }
        }
        $side = count($modules) + 2 * self::QUIET;

        return sprintf(
            '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %1$d %1$d" shape-rendering="crispEdges"><path fill="#fff" d="M0 0h%1$dv%1$dH0z"/><path fill="#000" d="%2$s"/></svg>',
            $side,
            $path,
        );
    }

    /** @return int[] data and error correction, block by block interleaved */
    private function codewords(string $text, int $version, int $room): array
    {
        $bits = '0100' . sprintf($version < 10 ? '%08b' : '%016b', strlen($text));
        foreach (str_split($text) as $byte) {
            $bits .= $text === '' ? '' : sprintf('%08b', ord($byte));
        }
        $bits .= str_repeat('0', min(4, $room * 8 - strlen($bits)));
        $bits .= str_repeat('0', (8 - strlen($bits) % 8) % 8);
        $data = array_map('bindec', str_split($bits, 8));
        for ($pad = 0xEC; count($data) < $room; $pad ^= 0xEC ^ 0x11) {
            $data[] = $pad;
        }
        [, $correction, $blocks] = self::VERSIONS[$version];
        $short = intdiv($room, $blocks);
        $long = $room % $blocks;
        $parts = [];
        $checks = [];
        for ($block = 0, $from = 0; $block < $blocks; $block++) {
            // The last blocks are the longer ones.
            $length = $short + ($block >= $blocks - $long ? 1 : 0);
            $parts[] = array_slice($data, $from, $length);
            $checks[] = $this->remainder($parts[$block], $correction);
            $from += $length;
        }

        return [...$this->interleaved($parts, $short + 1), ...$this->interleaved($checks, $correction)];
    }

    /**
     * @param int[][] $blocks
     * @return int[]
     */
    private function interleaved(array $blocks, int $length): array
    {
        $woven = [];
        for ($at = 0; $at < $length; $at++) {
            foreach ($blocks as $block) {
                if (isset($block[$at])) {
                    $woven[] = $block[$at];
                }
            }
        }

        return $woven;
    }

    /**
     * Reed-Solomon over GF(256).
     *
     * @param int[] $data
     * @return int[]
     */
    private function remainder(array $data, int $degree): array
    {
        $divisor = array_fill(0, $degree - 1, 0);
        $divisor[] = 1;
        for ($i = 0, $root = 1; $i < $degree; $i++, $root = $this->product($root, 2)) {
            for ($j = 0; $j < $degree; $j++) {
                $divisor[$j] = $this->product($divisor[$j], $root) ^ ($divisor[$j + 1] ?? 0);
            }
        }
        $rest = array_fill(0, $degree, 0);
        foreach ($data as $byte) {
            $factor = $byte ^ array_shift($rest);
            $rest[] = 0;
            foreach ($divisor as $j => $coefficient) {
                $rest[$j] ^= $this->product($coefficient, $factor);
            }
        }

        return $rest;
    }

    private function product(int $x, int $y): int
    {
        $z = 0;
        for ($bit = 7; $bit >= 0; $bit--) {
            $z = ($z << 1) ^ (($z >> 7) * 0x11D);
            $z ^= (($y >> $bit) & 1) * $x;
        }

        return $z;
    }

    /**
     * @param int[] $codewords
     * @return bool[][]
     */
    private function drawn(int $version, array $codewords): array
    {
        $side = 17 + 4 * $version;
        $fixed = $this->patterns($version, $side);
        $bits = implode('', array_map(static fn (int $byte): string => sprintf('%08b', $byte), $codewords));
        $modules = $fixed;
        $next = 0;
        // In columns of two from the right, up and down; the column of the timing pattern is left out.
        for ($right = $side - 1, $isUp = true; $right > 0; $right -= $right === 8 ? 3 : 2, $isUp = !$isUp) {
            for ($step = 0; $step < $side; $step++) {
                $y = $isUp ? $side - 1 - $step : $step;
                foreach ([$right, $right - 1] as $x) {
                    if (!isset($fixed[$y][$x])) {
                        $modules[$y][$x] = (($bits[$next++] ?? '0') === '1') !== (($x + $y) % 2 === 0);
                    }
                }
            }
        }

        return array_map(static function (array $row): array {
            ksort($row);

            return $row;
        }, $modules);
    }

    /** @return array<int, array<int, bool>> what is the same whatever the text, by row and column */
    private function patterns(int $version, int $side): array
    {
        $modules = array_fill(0, $side, []);
        for ($at = 0; $at < $side; $at++) {
            $modules[6][$at] = $modules[$at][6] = $at % 2 === 0;
        }
        foreach ([[3, 3], [$side - 4, 3], [3, $side - 4]] as [$x, $y]) {
            $this->square($modules, $side, $x, $y, 4);
        }
        $middles = self::ALIGNMENTS[$version];
        foreach ($middles as $y) {
            foreach ($middles as $x) {
                $isAtFinder = ($x === 6 && $y === 6) || ($x === 6 && $y === $side - 7) || ($x === $side - 7 && $y === 6);
                if (!$isAtFinder) {
                    $this->square($modules, $side, $x, $y, 2);
                }
            }
        }
        $this->format($modules, $side);
        if ($version >= 7) {
            $this->version($modules, $side, $version);
        }

        return $modules;
    }

    /** @param array<int, array<int, bool>> $modules rings around a middle: finders of 4 with their light edge, alignments of 2 */
    private function square(array &$modules, int $side, int $middleX, int $middleY, int $reach): void
    {
        for ($dy = -$reach; $dy <= $reach; $dy++) {
            for ($dx = -$reach; $dx <= $reach; $dx++) {
                [$x, $y] = [$middleX + $dx, $middleY + $dy];
                $ring = max(abs($dx), abs($dy));
                if ($x >= 0 && $x < $side && $y >= 0 && $y < $side) {
                    $modules[$y][$x] = $reach === 4 ? $ring !== 2 && $ring !== 4 : $ring !== 1;
                }
            }
        }
    }

    /** @param array<int, array<int, bool>> $modules error correction (medium is 0) and mask, twice */
    private function format(array &$modules, int $side): void
    {
        $bits = (self::MASK << 10 | $this->division(self::MASK, 10, 0x537)) ^ 0x5412;
        $bit = static fn (int $at): bool => ($bits >> $at & 1) === 1;
        for ($at = 0; $at <= 5; $at++) {
            $modules[$at][8] = $bit($at);
        }
        [$modules[7][8], $modules[8][8], $modules[8][7]] = [$bit(6), $bit(7), $bit(8)];
        for ($at = 9; $at < 15; $at++) {
            $modules[8][14 - $at] = $bit($at);
        }
        for ($at = 0; $at < 8; $at++) {
            $modules[8][$side - 1 - $at] = $bit($at);
        }
        for ($at = 8; $at < 15; $at++) {
            $modules[$side - 15 + $at][8] = $bit($at);
        }
        $modules[$side - 8][8] = true;
    }

    /** @param array<int, array<int, bool>> $modules */
    private function version(array &$modules, int $side, int $version): void
    {
        $bits = $version << 12 | $this->division($version, 12, 0x1F25);
        for ($at = 0; $at < 18; $at++) {
            $isDark = ($bits >> $at & 1) === 1;
            [$far, $near] = [$side - 11 + $at % 3, intdiv($at, 3)];
            $modules[$near][$far] = $modules[$far][$near] = $isDark;
        }
    }

    /** What is left of a number after the code's polynomial. */
    private function division(int $number, int $degree, int $polynomial): int
    {
        for ($step = 0; $step < $degree; $step++) {
            $number = ($number << 1) ^ (($number >> $degree - 1) * $polynomial);
        }

        return $number;
    }
}
