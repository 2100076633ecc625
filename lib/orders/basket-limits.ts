/** How many products an order can have, and how many pieces of each. */
export const MOST_ITEMS = 50
export const MOST_PIECES = 1_000
