import { answerFigures } from './answer-figures';
import type { Figure } from './figure';
import { memberFigures } from './member-figures';
import { orderFigures } from './order-figures';
import { pointFigures } from './point-figures';

/** Every figure, in the order in which they are told. */
export const figures: readonly Figure[] = [...memberFigures, ...orderFigures, ...answerFigures, ...pointFigures];

export function findFigure(code: string): Figure | undefined {
  return figures.find((figure) => figure.code === code);
}
