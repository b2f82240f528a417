import type { SaleBuyer } from '../domain/sale';
import { refuse, success, type Result } from '../domain/result';
import type { Db } from '../storage/transaction';
import { findIdentity, identitiesOf, isGuestKey } from '../stores/member-store';
import { findNamedMember } from './find-member';

/** How a sender names who bought; an address as its keyed hash. */
export type NamedBuyer = { readonly shopId: string } & ({ readonly customerId: string } | { readonly emailHash: string });

/** Whose a sale is: a customer who is known by the address, else a guest of it. Whoever mistypes a number must not open a member for nobody. */
export async function saleBuyer(db: Db, programmeId: string, named: NamedBuyer): Promise<Result<SaleBuyer, 'unknown_member'>> {
  const { shopId } = named;
  const emailHash = 'emailHash' in named ? named.emailHash : null;
  const customerId = 'customerId' in named ? named.customerId : await customerBehind(db, programmeId, shopId, named.emailHash);
  const customer = customerId === null ? undefined : await findIdentity(db, shopId, customerId);
  if (customerId !== null && !customer) return refuse('unknown_member');
  return success({
    shopId,
    customerId,
    emailHash: emailHash ?? customer?.email_hash ?? null,
    customerGroup: customer?.customer_group ?? null,
  });
}

async function customerBehind(db: Db, programmeId: string, shopId: string, emailHash: string): Promise<string | null> {
  const named = await findNamedMember(db, programmeId, { emailHash });
  if (!named.ok) return null;
  const accounts = await identitiesOf(db, named.value);
  return accounts.find((one) => one.shop_id === shopId && !isGuestKey(one.customer_id))?.customer_id ?? null;
}
