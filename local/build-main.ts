import { build } from './build'

/** `npm run build`: the production build, which `npm start` then finds. */
try {
  build()
  console.log('The app is built.')
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exit(1)
}
