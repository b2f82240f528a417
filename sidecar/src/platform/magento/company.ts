/** What our module asks for the page of a company in a customer's account. */
import { z } from 'zod';

export interface CompanyQuestion {
  readonly externalShopId: string;
  readonly customerId: string;
}

const questionSchema = z.object({ shop_id: z.string().min(1).max(64), customer_id: z.number().int().positive() });

/** Null when the body is no such question. */
export function readCompanyQuestion(body: unknown): CompanyQuestion | null {
  const { data } = questionSchema.safeParse(body);
  return data ? { externalShopId: data.shop_id, customerId: String(data.customer_id) } : null;
}
