export { didYouMean } from '../text/nearest.ts'
