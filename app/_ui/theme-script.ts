/** Where the reader's choice of colours is kept. */
export const THEME_KEY = 'theme'

/** Run before anything is painted: a choice made earlier holds from the first moment. */
export const themeScript = `try{const t=localStorage.getItem('${THEME_KEY}');if(t==='light'||t==='dark')document.documentElement.dataset.theme=t}catch{}`
