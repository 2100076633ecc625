import { between, type Chance, pick } from './chance'

export type DemoCustomer = { name: string; email: string; address: string }

const first =
  'Abby Amir Anke Beth Boris Carla Chen Dario Della Edith Emil Farid Fiona Grace Hana Hugo Imani Irene Jonas Juno Kofi Lena Leon Lucia Mabel Marco Mina Nadia Noel Olive Oscar Petra Rafa Rosie Sana Simon Tilda Tomas Uma Wanda'.split(
    ' ',
  )
const last =
  'Adler Baker Bauer Brook Costa Dunn Ellis Fisher Garza Hayes Ibarra Jensen Kemp Lopez Marsh Nolan Okafor Park Quist Reyes Shah Turner Ueda Vance Weber Young'.split(
    ' ',
  )
const streets = [
  'Elm Street',
  'Mill Road',
  'Harbor Lane',
  'Church Street',
  'Orchard Avenue',
  'Bridge Street',
  'Pine Court',
]
const towns = ['Burlington, VT 05401', 'Portland, ME 04101', 'Ithaca, NY 14850', 'Beacon, NY 12508', 'Salem, MA 01970']

/** So many people, no two of one address. */
export function makeCustomers(chance: Chance, count: number): DemoCustomer[] {
  const customers = new Map<string, DemoCustomer>()
  while (customers.size < count) {
    const name = `${pick(chance, first)} ${pick(chance, last)}`
    const email = `${name.toLowerCase().replace(' ', '.')}@example.com`
    const address = `${between(chance, 2, 180)} ${pick(chance, streets)}\n${pick(chance, towns)}`
    customers.set(email, { name, email, address })
  }
  return [...customers.values()]
}
