'use server'

import { renameShop, renameShopForm } from '@/lib/accounts/rename-shop'
import { reportSettingsForm, updateReportSettings } from '@/lib/accounts/update-report-settings'
import { ownerAct } from '../act'

export const rename = ownerAct(renameShopForm, async (actor, form) => {
  if (!actor.account.isActive) return { ok: false, message: 'This account is closed, and stays as it is.' }
  await renameShop(actor, form)
  return { ok: true, message: `The shop is called ${form.shopName} now.` }
})

export const saveReportSettings = ownerAct(reportSettingsForm, async (actor, form) => {
  if (!actor.account.isActive) return { ok: false, message: 'This account is closed, and stays as it is.' }
  const { note } = await updateReportSettings(actor, form)
  return { ok: true, message: ['The settings are saved.', note].filter(Boolean).join(' ') }
})
