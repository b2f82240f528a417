import { BarChart, HeatmapChart, LineChart, SankeyChart } from 'echarts/charts';
import { GridComponent, LegendComponent, TooltipComponent, VisualMapComponent } from 'echarts/components';
import { init, use, type ComposeOption } from 'echarts/core';
import type { BarSeriesOption, HeatmapSeriesOption, LineSeriesOption, SankeySeriesOption } from 'echarts/charts';
import type {
  GridComponentOption,
  LegendComponentOption,
  TooltipComponentOption,
  VisualMapComponentOption,
} from 'echarts/components';
import { CanvasRenderer } from 'echarts/renderers';

use([
  BarChart,
  CanvasRenderer,
  GridComponent,
  HeatmapChart,
  LegendComponent,
  LineChart,
  SankeyChart,
  TooltipComponent,
  VisualMapComponent,
]);

export type PlotOption = ComposeOption<
  | BarSeriesOption
  | GridComponentOption
  | HeatmapSeriesOption
  | LegendComponentOption
  | LineSeriesOption
  | SankeySeriesOption
  | TooltipComponentOption
  | VisualMapComponentOption
>;

export interface ColumnOfFigures {
  readonly title: string;
  /** How its numbers are written; absent = text. */
  readonly show?: (value: number) => string;
}

export interface Plot {
  draw(option: PlotOption): void;
  /** As a `data:` address. */
  png(): string;
  /** Told where in the first series somebody clicked: the place of the datum. */
  onClick(clicked: (place: number) => void): void;
  dispose(): void;
}

/** Colours that stay apart for most who are colour-blind (Okabe and Ito), dark enough on white. */
export const COLOURS = ['#0072b2', '#d55e00', '#009e73', '#cc79a7', '#8a6d00', '#56717f'];

export function drawPlot(element: HTMLElement, option: PlotOption): Plot {
  const chart = init(element);
  const draw = (next: PlotOption): void => {
    const animation = !matchMedia('(prefers-reduced-motion: reduce)').matches;
    const { fontFamily } = getComputedStyle(element);
    // Drawn, not written as a page: the page allows no styles in it.
    const tooltip = { confine: true, renderMode: 'richText', ...next.tooltip };
    chart.setOption({ color: COLOURS, animation, textStyle: { fontFamily }, ...next, tooltip }, { notMerge: true });
  };
  draw(option);
  const sized = new ResizeObserver(() => chart.resize());
  sized.observe(element);
  return {
    draw,
    png: () => chart.getDataURL({ type: 'png', pixelRatio: 2, backgroundColor: '#fff' }),
    // The ends of flows are counted by themselves: only the flows are data.
    onClick: (clicked) => chart.on('click', ({ dataIndex, dataType }) => dataType !== 'node' && clicked(dataIndex)),
    dispose: () => {
      sized.disconnect();
      chart.dispose();
    },
  };
}
