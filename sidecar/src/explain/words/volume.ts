import type { ReasonTable } from '../reason-words';

/** Incentives for turnover and quantity. */
export const volumeWords: ReasonTable = {
  volume_band_reached: {
    en: '{incentive:incentive}: {value:metric} reached {from:metric}, worth {points:points} in all.',
    de: '{incentive:incentive}: {value:metric} erreichen {from:metric}, insgesamt {points:points} wert.',
    es: '{incentive:incentive}: {value:metric} alcanzan {from:metric}, que valen {points:points} en total.',
    pt: '{incentive:incentive}: {value:metric} chegam a {from:metric}, no total {points:points}.',
    ru: '{incentive:incentive}: {value:metric}, порог {from:metric} достигнут, всего {points:points}.',
  },
  volume_band_missed: {
    en: '{incentive:incentive}: {missing:metric} missing to {from:metric} for {points:points}.',
    de: '{incentive:incentive}: Bis {from:metric} für {points:points} fehlen {missing:metric}.',
    es: '{incentive:incentive}: faltan {missing:metric} hasta {from:metric} para {points:points}.',
    pt: '{incentive:incentive}: faltam {missing:metric} até {from:metric} para {points:points}.',
    ru: '{incentive:incentive}: до {from:metric} и награды {points:points} не хватает: {missing:metric}.',
  },
};
