import { describeSeeds } from './describe-seeds';

describeSeeds('exact');
