import { gzipSync } from 'node:zlib'

/** `landedOn` is another path where the page leads on. */
export type PageWeight = { path: string; landedOn: string; status: number; scripts: number; gzippedKb: number }

const KB = 1_000

/**
 * How much JavaScript the first load of each page brings, gzipped: every script that its HTML asks for, and every chunk
 * that its inline data names, which React fetches as it wakes up.
 * @param cookie of somebody who may see the pages.
 */
export async function weighPages(baseUrl: string, cookie: string, paths: readonly string[]): Promise<PageWeight[]> {
  const sizes = new Map<string, Promise<number>>()
  const sizeOf = (url: string) => {
    const known = sizes.get(url) ?? gzippedSize(url)
    sizes.set(url, known)
    return known
  }
  const weights: PageWeight[] = []
  for (const path of paths) {
    const response = await fetch(new URL(path, baseUrl), { headers: { cookie } })
    const urls = scriptsOf(await response.text(), baseUrl)
    const bytes = (await Promise.all(urls.map(sizeOf))).reduce((sum, size) => sum + size, 0)
    const { pathname: landedOn } = new URL(response.url)
    weights.push({ path, landedOn, status: response.status, scripts: urls.length, gzippedKb: bytes / KB })
  }
  return weights
}

/** A browser of today doesn't ask for those that are marked `noModule`. */
function scriptsOf(html: string, baseUrl: string): string[] {
  const modern = html.replace(/<script[^>]*\bnomodule\b[^>]*>/gi, '')
  const tags = [...modern.matchAll(/<script[^>]*\bsrc="([^"]+)"/gi)].map(([, src = '']) => src.replaceAll('&amp;', '&'))
  const named = [...modern.matchAll(/(\/_next\/static\/[\w./~()[\]%-]+\.js[\w.?=&-]*)/g)].map(([, path = '']) => path)
  return [...new Set([...tags, ...named].map((src) => new URL(src, baseUrl).href))]
}

async function gzippedSize(url: string): Promise<number> {
  const response = await fetch(url)
  if (!response.ok) throw new Error(`${url} is HTTP ${response.status}`)
  return gzipSync(Buffer.from(await response.arrayBuffer())).length
}
