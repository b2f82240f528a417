import { describeSeeds } from './describe-seeds';

describeSeeds('linear');
