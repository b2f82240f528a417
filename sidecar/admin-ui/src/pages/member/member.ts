import type { paths } from '../../api/openapi';

type Ok<Path extends keyof paths> = paths[Path] extends {
  get: { responses: { 200: { content: { 'application/json': infer Body } } } };
}
  ? Body
  : never;

export type Member = Ok<'/admin/members/{memberId}'>;
export type Profile = Ok<'/admin/members/{memberId}/profile'>;
export type MemberPrice = Ok<'/admin/members/{memberId}/prices'>;
export type NextTier = NonNullable<Profile['nextTier']>;
