/** How an issuer refuses a card. */
export type Refusal = { code: string; declineCode?: string; message: string; adviceCode?: string }

/** What a test card does: https://docs.stripe.com/testing. */
export type TestCard = {
  number: string
  brand: string
  /** Its ready-made payment methods, such as `pm_card_visa`. */
  aliases: string[]
  funding?: 'debit' | 'prepaid'
  /** Refused wherever it is shown: it can't even be saved. */
  refusal?: Refusal
  /** It can be saved, and each charge is refused. */
  chargeRefusal?: Refusal
  /**
   * When its bank wants the customer to be there. `unless-set-up`: not for later charges, once the customer has
   * authenticated while saving it. `already-set-up`: never for a charge without the customer.
   */
  authentication?: 'unless-set-up' | 'always' | 'already-set-up'
}

const declined = (
  declineCode: string,
  adviceCode = 'try_again_later',
  message = 'Your card was declined.',
): Refusal => ({
  code: 'card_declined',
  declineCode,
  message,
  adviceCode,
})
const insufficientFunds = declined('insufficient_funds', 'try_again_later', 'Your card has insufficient funds.')
const confirmData = (code: string, message: string): Refusal => ({ code, message, adviceCode: 'confirm_card_data' })

export const AUTHENTICATION_REQUIRED: Refusal = {
  code: 'authentication_required',
  declineCode: 'authentication_required',
  message: 'Your card was declined. This transaction requires authentication.',
}

const visa = (number: string, aliases: string[], rule: Partial<TestCard> = {}): TestCard => ({
  number,
  brand: 'visa',
  aliases,
  ...rule,
})
const other = (brand: string, number: string, alias: string, rule: Partial<TestCard> = {}): TestCard => ({
  number,
  brand,
  aliases: [alias],
  ...rule,
})

export const TEST_CARDS: readonly TestCard[] = [
  visa('4242424242424242', ['pm_card_visa']),
  visa('4000056655665556', ['pm_card_visa_debit'], { funding: 'debit' }),
  other('mastercard', '5555555555554444', 'pm_card_mastercard'),
  other('mastercard', '2223003122003222', 'pm_card_mastercard_2'),
  other('mastercard', '5200828282828210', 'pm_card_mastercard_debit', { funding: 'debit' }),
  other('mastercard', '5105105105105100', 'pm_card_mastercard_prepaid', { funding: 'prepaid' }),
  other('amex', '378282246310005', 'pm_card_amex'),
  other('discover', '6011111111111117', 'pm_card_discover'),
  other('diners', '3056930009020004', 'pm_card_diners'),
  other('jcb', '3566002020360505', 'pm_card_jcb'),
  other('unionpay', '6200000000000005', 'pm_card_unionpay'),
  visa('4000000000000002', ['pm_card_visa_chargeDeclined', 'pm_card_chargeDeclined'], {
    refusal: declined('generic_decline'),
  }),
  visa(
    '4000000000009995',
    ['pm_card_visa_chargeDeclinedInsufficientFunds', 'pm_card_chargeDeclinedInsufficientFunds'],
    { refusal: insufficientFunds },
  ),
  visa('4000000000009987', ['pm_card_visa_chargeDeclinedLostCard'], {
    refusal: declined('lost_card', 'do_not_try_again'),
  }),
  visa('4000000000009979', ['pm_card_visa_chargeDeclinedStolenCard'], {
    refusal: declined('stolen_card', 'do_not_try_again'),
  }),
  visa('4000000000006975', ['pm_card_visa_chargeDeclinedVelocityLimitExceeded'], {
    refusal: declined('card_velocity_exceeded'),
  }),
  visa('4000000000000069', ['pm_card_chargeDeclinedExpiredCard'], {
    refusal: confirmData('expired_card', 'Your card has expired.'),
  }),
  visa('4000000000000127', ['pm_card_chargeDeclinedIncorrectCvc'], {
    refusal: confirmData('incorrect_cvc', "Your card's security code is incorrect."),
  }),
  visa('4000000000000119', ['pm_card_chargeDeclinedProcessingError'], {
    refusal: {
      code: 'processing_error',
      message: 'An error occurred while processing your card. Try again in a little bit.',
      adviceCode: 'try_again_later',
    },
  }),
  visa('4000000000000341', ['pm_card_chargeCustomerFail'], { chargeRefusal: declined('generic_decline') }),
  visa('4000002500003155', ['pm_card_authenticationRequiredOnSetup'], { authentication: 'unless-set-up' }),
  visa('4000002760003184', ['pm_card_authenticationRequired'], { authentication: 'always' }),
  visa('4000003800000446', ['pm_card_authenticationRequiredSetupForOffSession'], { authentication: 'already-set-up' }),
  visa('4000008260003178', ['pm_card_authenticationRequiredChargeDeclinedInsufficientFunds'], {
    authentication: 'unless-set-up',
    chargeRefusal: insufficientFunds,
  }),
]

const byNumber = new Map(TEST_CARDS.map((card) => [card.number, card]))
const byAlias = new Map(TEST_CARDS.flatMap((card) => card.aliases.map((alias) => [alias, card])))

export function findCard(number: string): TestCard | undefined {
  return byNumber.get(number)
}

export function findCardByAlias(alias: string): TestCard | undefined {
  return byAlias.get(alias)
}

export type Verdict = 'approved' | 'needs-customer' | Refusal

/**
 * What the bank answers to a charge. Pure.
 * @param isOffSession the customer is not there.
 * @param isSetUp the customer has authenticated while saving the card.
 */
export function verdictOf(
  card: TestCard,
  { isOffSession, isSetUp }: { isOffSession: boolean; isSetUp: boolean },
): Verdict {
  if (card.refusal) return card.refusal
  const { authentication } = card
  const isExempt = authentication === 'already-set-up' || (authentication === 'unless-set-up' && isSetUp)
  if (authentication && !(isOffSession && isExempt)) return 'needs-customer'
  return card.chargeRefusal ?? 'approved'
}

/** The check that every card number's last digit makes possible. Pure. */
export function isWellFormed(number: string): boolean {
  if (!/^\d{12,19}$/.test(number)) return false
  const digits = [...number].reverse().map(Number)
  const sum = digits.reduce((total, digit, at) => {
    const doubled = at % 2 === 1 ? digit * 2 : digit
    return total + (doubled > 9 ? doubled - 9 : doubled)
  }, 0)
  return sum % 10 === 0
}
