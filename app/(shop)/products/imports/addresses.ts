export const IMPORTS = '/products/imports'
export const importHref = (id: string) => `${IMPORTS}/${id}`
export const rejectsHref = (id: string) => `/api/imports/${id}/rejects`
