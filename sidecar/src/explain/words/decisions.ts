import type { Words } from '../language';

export interface DecisionWords {
  /** What was decided about. Figures are those of inputs and outcome. */
  readonly title: Words;
  /** What came of it. */
  readonly outcome: Words;
}

/** By kind of decision. */
export const decisionWords: Readonly<Record<string, DecisionWords>> = {
  order_entitlement: {
    title: {
      en: 'Order {orderNumber}',
      de: 'Bestellung {orderNumber}',
      es: 'Pedido {orderNumber}',
      pt: 'Encomenda {orderNumber}',
      ru: 'Заказ {orderNumber}',
    },
    outcome: {
      en: 'Pending: {pendingPoints:points}, available: {availablePoints:points}, spent: {redeemedPoints:points}.',
      de: 'Ausstehend: {pendingPoints:points}, verfügbar: {availablePoints:points}, eingelöst: {redeemedPoints:points}.',
      es: 'Pendientes: {pendingPoints:points}, disponibles: {availablePoints:points}, gastados: {redeemedPoints:points}.',
      pt: 'Pendentes: {pendingPoints:points}, disponíveis: {availablePoints:points}, gastos: {redeemedPoints:points}.',
      ru: 'Ожидают: {pendingPoints:points}, доступно: {availablePoints:points}, потрачено: {redeemedPoints:points}.',
    },
  },
  tier: {
    title: {
      en: 'Tier on {at:date}',
      de: 'Stufe am {at:date}',
      es: 'Nivel el {at:date}',
      pt: 'Nível em {at:date}',
      ru: 'Уровень на {at:date}',
    },
    outcome: {
      en: 'The tier is now {tier:tier}.',
      de: 'Die Stufe ist jetzt {tier:tier}.',
      es: 'El nivel es ahora {tier:tier}.',
      pt: 'O nível é agora {tier:tier}.',
      ru: 'Уровень теперь {tier:tier}.',
    },
  },
  volume_reward: {
    title: {
      en: '{incentive:incentive}, {start:date} to {end:date}',
      de: '{incentive:incentive}, {start:date} bis {end:date}',
      es: '{incentive:incentive}, del {start:date} al {end:date}',
      pt: '{incentive:incentive}, de {start:date} a {end:date}',
      ru: '{incentive:incentive}, с {start:date} по {end:date}',
    },
    outcome: {
      en: 'In all: {points:points}; paid before: {paid:points}.',
      de: 'Insgesamt: {points:points}; schon gutgeschrieben: {paid:points}.',
      es: 'En total: {points:points}; ya abonado: {paid:points}.',
      pt: 'No total: {points:points}; já creditado: {paid:points}.',
      ru: 'Всего: {points:points}; начислено раньше: {paid:points}.',
    },
  },
  merge: {
    title: {
      en: 'Accounts linked',
      de: 'Konten verbunden',
      es: 'Cuentas vinculadas',
      pt: 'Contas ligadas',
      ru: 'Аккаунты связаны',
    },
    outcome: {
      en: 'Available: {available:points}, pending: {pending:points}, owed: {debt:points}.',
      de: 'Verfügbar: {available:points}, ausstehend: {pending:points}, geschuldet: {debt:points}.',
      es: 'Disponibles: {available:points}, pendientes: {pending:points}, adeudados: {debt:points}.',
      pt: 'Disponíveis: {available:points}, pendentes: {pending:points}, em dívida: {debt:points}.',
      ru: 'Доступно: {available:points}, ожидают: {pending:points}, долг: {debt:points}.',
    },
  },
  split: {
    title: {
      en: 'Account parted from its member',
      de: 'Konto vom Mitglied getrennt',
      es: 'Cuenta separada de su miembro',
      pt: 'Conta separada do seu membro',
      ru: 'Аккаунт отделён от участника',
    },
    outcome: {
      en: 'Of its orders: {orderPoints:points}; besides: {points:points}.',
      de: 'Aus seinen Bestellungen: {orderPoints:points}; dazu: {points:points}.',
      es: 'De sus pedidos: {orderPoints:points}; además: {points:points}.',
      pt: 'Das suas encomendas: {orderPoints:points}; além disso: {points:points}.',
      ru: 'За его заказы: {orderPoints:points}; сверх того: {points:points}.',
    },
  },
  challenge: {
    title: {
      en: 'Challenge {challenge:quoted}',
      de: 'Aufgabe {challenge:quoted}',
      es: 'Reto {challenge:quoted}',
      pt: 'Desafio {challenge:quoted}',
      ru: 'Задание {challenge:quoted}',
    },
    outcome: {
      en: '{points:points}.',
      de: '{points:points}.',
      es: '{points:points}.',
      pt: '{points:points}.',
      ru: '{points:points}.',
    },
  },
  erasure: {
    title: {
      en: 'Person erased',
      de: 'Person gelöscht',
      es: 'Persona borrada',
      pt: 'Pessoa apagada',
      ru: 'Данные человека удалены',
    },
    outcome: {
      en: 'Written off: {points:points}, debt: {debt:points}.',
      de: 'Ausgebucht: {points:points}, Schulden: {debt:points}.',
      es: 'Dados de baja: {points:points}, deuda: {debt:points}.',
      pt: 'Anulados: {points:points}, dívida: {debt:points}.',
      ru: 'Списано: {points:points}, долг: {debt:points}.',
    },
  },
  lead: {
    title: {
      en: 'Signed up on {requestedAt:date}',
      de: 'Angemeldet am {requestedAt:date}',
      es: 'Inscripción del {requestedAt:date}',
      pt: 'Inscrição de {requestedAt:date}',
      ru: 'Подписка от {requestedAt:date}',
    },
    outcome: {
      en: 'Given: {points:points}.',
      de: 'Gegeben: {points:points}.',
      es: 'Se dieron {points:points}.',
      pt: 'Foram dados {points:points}.',
      ru: 'Начислено: {points:points}.',
    },
  },
  terms_acceptance: {
    title: {
      en: 'Terms of participation on {at:date}',
      de: 'Teilnahmebedingungen am {at:date}',
      es: 'Condiciones de participación, {at:date}',
      pt: 'Condições de participação, {at:date}',
      ru: 'Условия участия, {at:date}',
    },
    outcome: {
      en: 'Version {version} was accepted.',
      de: 'Fassung {version} wurde akzeptiert.',
      es: 'Se aceptó la versión {version}.',
      pt: 'A versão {version} foi aceite.',
      ru: 'Принята редакция {version}.',
    },
  },
  consent: {
    title: {
      en: 'Consent on {at:date}',
      de: 'Einwilligung am {at:date}',
      es: 'Consentimiento del {at:date}',
      pt: 'Consentimento de {at:date}',
      ru: 'Согласие от {at:date}',
    },
    outcome: {
      en: 'It was recorded.',
      de: 'Sie wurde festgehalten.',
      es: 'Quedó registrado.',
      pt: 'Ficou registado.',
      ru: 'Оно записано.',
    },
  },
  segment: {
    title: {
      en: 'Segments on {asOf:date}',
      de: 'Segmente am {asOf:date}',
      es: 'Segmentos el {asOf:date}',
      pt: 'Segmentos em {asOf:date}',
      ru: 'Сегменты на {asOf:date}',
    },
    outcome: {
      en: 'Entered: {entered}. Left: {left}.',
      de: 'Hinzugekommen: {entered}. Verlassen: {left}.',
      es: 'Nuevos: {entered}. Abandonados: {left}.',
      pt: 'Novos: {entered}. Deixados: {left}.',
      ru: 'Вошёл: {entered}. Вышел: {left}.',
    },
  },
  activity: {
    title: {
      en: 'Activity of {occurredAt:date}',
      de: 'Aktivität vom {occurredAt:date}',
      es: 'Actividad del {occurredAt:date}',
      pt: 'Atividade de {occurredAt:date}',
      ru: 'Действие от {occurredAt:date}',
    },
    outcome: {
      en: 'Rewarded: {points:points}.',
      de: 'Belohnt: {points:points}.',
      es: 'Premiado: {points:points}.',
      pt: 'Premiado: {points:points}.',
      ru: 'Награда: {points:points}.',
    },
  },
  activity_revoked: {
    title: {
      en: 'An activity was revoked',
      de: 'Eine Aktivität wurde widerrufen',
      es: 'Se revocó una actividad',
      pt: 'Uma atividade foi revogada',
      ru: 'Действие отозвано',
    },
    outcome: {
      en: 'Change: {points:points}.',
      de: 'Änderung: {points:points}.',
      es: 'Cambio: {points:points}.',
      pt: 'Alteração: {points:points}.',
      ru: 'Изменение: {points:points}.',
    },
  },
  sale: {
    title: {
      en: 'Sale {order}',
      de: 'Verkauf {order}',
      es: 'Venta {order}',
      pt: 'Venda {order}',
      ru: 'Продажа {order}',
    },
    outcome: {
      en: 'Earned: {points:points}.',
      de: 'Gesammelt: {points:points}.',
      es: 'Ganados: {points:points}.',
      pt: 'Ganhos: {points:points}.',
      ru: 'Начислено: {points:points}.',
    },
  },
  welcome: {
    title: {
      en: 'Joined on {registeredAt:date}',
      de: 'Beigetreten am {registeredAt:date}',
      es: 'Alta el {registeredAt:date}',
      pt: 'Adesão em {registeredAt:date}',
      ru: 'Вступление {registeredAt:date}',
    },
    outcome: {
      en: 'Given: {points:points}.',
      de: 'Gutgeschrieben: {points:points}.',
      es: 'Abonados: {points:points}.',
      pt: 'Creditados: {points:points}.',
      ru: 'Начислено: {points:points}.',
    },
  },
  adjustment: {
    title: {
      en: 'Correction by staff',
      de: 'Korrektur durch das Team',
      es: 'Corrección del personal',
      pt: 'Correção pela equipa',
      ru: 'Исправление сотрудником',
    },
    outcome: {
      en: 'Change: {points:points}.',
      de: 'Änderung: {points:points}.',
      es: 'Cambio: {points:points}.',
      pt: 'Alteração: {points:points}.',
      ru: 'Изменение: {points:points}.',
    },
  },
  cashback: {
    title: {
      en: 'Cashback',
      de: 'Cashback',
      es: 'Reembolso en dinero',
      pt: 'Cashback',
      ru: 'Кешбэк',
    },
    outcome: {
      en: 'Paid: {valueMinor}; change: {points:points}.',
      de: 'Ausgezahlt: {valueMinor}; Änderung: {points:points}.',
      es: 'Pagado: {valueMinor}; cambio: {points:points}.',
      pt: 'Pago: {valueMinor}; alteração: {points:points}.',
      ru: 'Выплачено: {valueMinor}; изменение: {points:points}.',
    },
  },
  cashback_settlement: {
    title: {
      en: 'Payment of cashback',
      de: 'Zahlung von Cashback',
      es: 'Pago del reembolso',
      pt: 'Pagamento do cashback',
      ru: 'Выплата кешбэка',
    },
    outcome: {
      en: 'It is {state:term}; given back: {points:points}.',
      de: 'Sie ist {state:term}; zurückgegeben: {points:points}.',
      es: 'Está {state:term}; devueltos: {points:points}.',
      pt: 'Está {state:term}; devolvidos: {points:points}.',
      ru: 'Статус: {state:term}; возвращено: {points:points}.',
    },
  },
  membership: {
    title: {
      en: 'Membership {plan:membership}',
      de: 'Mitgliedschaft {plan:membership}',
      es: 'Membresía {plan:membership}',
      pt: 'Adesão {plan:membership}',
      ru: 'Членство {plan:membership}',
    },
    outcome: {
      en: 'It lasts until {endsAt}; points: {points:points}.',
      de: 'Sie dauert bis {endsAt}; Punkte: {points:points}.',
      es: 'Dura hasta {endsAt}; puntos: {points:points}.',
      pt: 'Dura até {endsAt}; pontos: {points:points}.',
      ru: 'До {endsAt}; баллы: {points:points}.',
    },
  },
  membership_lapsed: {
    title: {
      en: 'Membership {plan:membership}',
      de: 'Mitgliedschaft {plan:membership}',
      es: 'Membresía {plan:membership}',
      pt: 'Adesão {plan:membership}',
      ru: 'Членство {plan:membership}',
    },
    outcome: {
      en: 'It ended on {endsAt:date}.',
      de: 'Sie endete am {endsAt:date}.',
      es: 'Terminó el {endsAt:date}.',
      pt: 'Terminou em {endsAt:date}.',
      ru: 'Закончилось {endsAt:date}.',
    },
  },
  reward_redemption: {
    title: {
      en: 'A reward from the catalogue',
      de: 'Eine Prämie aus dem Katalog',
      es: 'Una recompensa del catálogo',
      pt: 'Uma recompensa do catálogo',
      ru: 'Награда из каталога',
    },
    outcome: {
      en: 'It is {state:term}; change: {points:points}.',
      de: 'Sie ist {state:term}; Änderung: {points:points}.',
      es: 'Está {state:term}; cambio: {points:points}.',
      pt: 'Está {state:term}; alteração: {points:points}.',
      ru: 'Она {state:term}; изменение: {points:points}.',
    },
  },
  reward_fulfilment: {
    title: {
      en: 'Handing over of a reward',
      de: 'Übergabe einer Prämie',
      es: 'Entrega de una recompensa',
      pt: 'Entrega de uma recompensa',
      ru: 'Выдача награды',
    },
    outcome: {
      en: 'It is {state:term}; change: {points:points}.',
      de: 'Sie ist {state:term}; Änderung: {points:points}.',
      es: 'Está {state:term}; cambio: {points:points}.',
      pt: 'Está {state:term}; alteração: {points:points}.',
      ru: 'Она {state:term}; изменение: {points:points}.',
    },
  },
  referral: {
    title: {
      en: 'Referral with code {code}',
      de: 'Empfehlung mit Code {code}',
      es: 'Recomendación con el código {code}',
      pt: 'Recomendação com o código {code}',
      ru: 'Приглашение по коду {code}',
    },
    outcome: {
      en: 'The reward is {status:term}.',
      de: 'Die Prämie ist {status:term}.',
      es: 'La recompensa está {status:term}.',
      pt: 'A recompensa está {status:term}.',
      ru: 'Награда: {status:term}.',
    },
  },
  next_purchase: {
    title: {
      en: 'Next purchase, order {orderNumber}',
      de: 'Nächster Einkauf, Bestellung {orderNumber}',
      es: 'Próxima compra, pedido {orderNumber}',
      pt: 'Próxima compra, encomenda {orderNumber}',
      ru: 'Следующая покупка, заказ {orderNumber}',
    },
    outcome: {
      en: 'Voucher: {status:term}.',
      de: 'Gutschein: {status:term}.',
      es: 'Vale: {status:term}.',
      pt: 'Vale: {status:term}.',
      ru: 'Купон: {status:term}.',
    },
  },
  voucher: {
    title: {
      en: 'Voucher in order {orderNumber}',
      de: 'Gutschein in Bestellung {orderNumber}',
      es: 'Vale en el pedido {orderNumber}',
      pt: 'Vale na encomenda {orderNumber}',
      ru: 'Купон в заказе {orderNumber}',
    },
    outcome: {
      en: 'The voucher is now {status:term}.',
      de: 'Der Gutschein ist jetzt {status:term}.',
      es: 'El vale está ahora {status:term}.',
      pt: 'O vale está agora {status:term}.',
      ru: 'Купон теперь {status:term}.',
    },
  },
  occasion: {
    title: {
      en: '{occasion}, {dueOn}',
      de: '{occasion}, {dueOn}',
      es: '{occasion}, {dueOn}',
      pt: '{occasion}, {dueOn}',
      ru: '{occasion}, {dueOn}',
    },
    outcome: {
      en: 'The reward is {status:term}: {points:points}.',
      de: 'Die Belohnung ist {status:term}: {points:points}.',
      es: 'La recompensa está {status:term}: {points:points}.',
      pt: 'A recompensa está {status:term}: {points:points}.',
      ru: 'Награда {status:term}: {points:points}.',
    },
  },
  hold: {
    title: {
      en: 'Points reserved for a cart',
      de: 'Punkte für einen Warenkorb reserviert',
      es: 'Puntos reservados para una cesta',
      pt: 'Pontos reservados para um carrinho',
      ru: 'Баллы зарезервированы для корзины',
    },
    outcome: {
      en: '{points:points} worth {valueMinor} until {expiresAt:date}.',
      de: '{points:points} im Wert von {valueMinor} bis {expiresAt:date}.',
      es: '{points:points} por valor de {valueMinor} hasta {expiresAt:date}.',
      pt: '{points:points} no valor de {valueMinor} até {expiresAt:date}.',
      ru: '{points:points} на {valueMinor} до {expiresAt:date}.',
    },
  },
  hold_ended: {
    title: {
      en: 'A reservation ended',
      de: 'Eine Reservierung endete',
      es: 'Terminó una reserva',
      pt: 'Uma reserva terminou',
      ru: 'Резерв закончился',
    },
    outcome: {
      en: 'Available again: {points:points}.',
      de: 'Wieder verfügbar: {points:points}.',
      es: 'Disponibles de nuevo: {points:points}.',
      pt: 'Disponíveis de novo: {points:points}.',
      ru: 'Снова доступно: {points:points}.',
    },
  },
  hold_refused: {
    title: {
      en: 'Points for a cart were refused',
      de: 'Punkte für einen Warenkorb wurden abgelehnt',
      es: 'Se denegaron puntos para una cesta',
      pt: 'Foram recusados pontos para um carrinho',
      ru: 'Отказ в баллах для корзины',
    },
    outcome: {
      en: 'Wanted: {points:points}. Nothing was reserved.',
      de: 'Gewünscht: {points:points}. Nichts wurde reserviert.',
      es: 'Se pidieron {points:points}. No se reservó nada.',
      pt: 'Pedidos: {points:points}. Nada foi reservado.',
      ru: 'Запрошено: {points:points}. Ничего не зарезервировано.',
    },
  },
  checkout_refused: {
    title: {
      en: 'An order was refused',
      de: 'Eine Bestellung wurde abgelehnt',
      es: 'Se denegó un pedido',
      pt: 'Uma encomenda foi recusada',
      ru: 'Заказ отклонён',
    },
    outcome: {
      en: 'The order was not taken.',
      de: 'Die Bestellung wurde nicht angenommen.',
      es: 'El pedido no se aceptó.',
      pt: 'A encomenda não foi aceite.',
      ru: 'Заказ не принят.',
    },
  },
  expiry: {
    title: {
      en: 'Points ended',
      de: 'Punkte verfielen',
      es: 'Caducaron puntos',
      pt: 'Pontos caducaram',
      ru: 'Баллы сгорели',
    },
    outcome: {
      en: 'Gone: {points:points}.',
      de: 'Verfallen: {points:points}.',
      es: 'Caducados: {points:points}.',
      pt: 'Caducados: {points:points}.',
      ru: 'Сгорело: {points:points}.',
    },
  },
  gift: {
    title: {
      en: 'Gifts of order {orderNumber}',
      de: 'Geschenke der Bestellung {orderNumber}',
      es: 'Regalos del pedido {orderNumber}',
      pt: 'Ofertas da encomenda {orderNumber}',
      ru: 'Подарки заказа {orderNumber}',
    },
    outcome: {
      en: 'Given: {quantity}.',
      de: 'Gegeben: {quantity}.',
      es: 'Entregados: {quantity}.',
      pt: 'Dadas: {quantity}.',
      ru: 'Выдано: {quantity}.',
    },
  },
  gifts_due: {
    title: {
      en: 'Gifts for a cart of {goodsMinor}',
      de: 'Geschenke für einen Warenkorb von {goodsMinor}',
      es: 'Regalos para una cesta de {goodsMinor}',
      pt: 'Ofertas para um carrinho de {goodsMinor}',
      ru: 'Подарки к корзине на {goodsMinor}',
    },
    outcome: {
      en: 'Due: {due}.',
      de: 'Fällig: {due}.',
      es: 'Corresponden: {due}.',
      pt: 'Devidas: {due}.',
      ru: 'Положены: {due}.',
    },
  },
  tier_price: {
    title: {
      en: 'Prices of {product}',
      de: 'Preise von {product}',
      es: 'Precios de {product}',
      pt: 'Preços de {product}',
      ru: 'Цены на {product}',
    },
    outcome: {
      en: 'Prices set: {prices}.',
      de: 'Gesetzte Preise: {prices}.',
      es: 'Precios fijados: {prices}.',
      pt: 'Preços definidos: {prices}.',
      ru: 'Установлено цен: {prices}.',
    },
  },
  price_list: {
    title: {
      en: 'Price list {list}',
      de: 'Preisliste {list}',
      es: 'Lista de precios {list}',
      pt: 'Lista de preços {list}',
      ru: 'Прайс-лист {list}',
    },
    outcome: {
      en: 'It has {prices} prices.',
      de: 'Sie hat {prices} Preise.',
      es: 'Tiene {prices} precios.',
      pt: 'Tem {prices} preços.',
      ru: 'Цен: {prices}.',
    },
  },
  price_list_company: {
    title: {
      en: 'Prices of {company}',
      de: 'Preise von {company}',
      es: 'Precios de {company}',
      pt: 'Preços de {company}',
      ru: 'Цены для {company}',
    },
    outcome: {
      en: 'Price list {list}.',
      de: 'Preisliste {list}.',
      es: 'Lista de precios {list}.',
      pt: 'Lista de preços {list}.',
      ru: 'Прайс-лист {list}.',
    },
  },
  company: {
    title: {
      en: 'Company {company}',
      de: 'Firma {company}',
      es: 'Empresa {company}',
      pt: 'Empresa {company}',
      ru: 'Компания {company}',
    },
    outcome: {
      en: 'Points: {pointsMode:term}, tier: {tierMode:term}.',
      de: 'Punkte: {pointsMode:term}, Stufe: {tierMode:term}.',
      es: 'Puntos: {pointsMode:term}, nivel: {tierMode:term}.',
      pt: 'Pontos: {pointsMode:term}, nível: {tierMode:term}.',
      ru: 'Баллы: {pointsMode:term}, уровень: {tierMode:term}.',
    },
  },
  company_member: {
    title: {
      en: 'Buyer of {company}',
      de: 'Einkäufer von {company}',
      es: 'Comprador de {company}',
      pt: 'Comprador de {company}',
      ru: 'Покупатель компании {company}',
    },
    outcome: {
      en: '{role:term}; points an order: {pointsPerOrder}, a month: {pointsPerMonth}; approval above {approvalAbove}.',
      de: '{role:term}; Punkte je Bestellung: {pointsPerOrder}, im Monat: {pointsPerMonth}; Freigabe ab mehr als {approvalAbove}.',
      es: '{role:term}; puntos por pedido: {pointsPerOrder}, al mes: {pointsPerMonth}; aprobación por encima de {approvalAbove}.',
      pt: '{role:term}; pontos por encomenda: {pointsPerOrder}, por mês: {pointsPerMonth}; aprovação acima de {approvalAbove}.',
      ru: '{role:term}; баллов на заказ: {pointsPerOrder}, в месяц: {pointsPerMonth}; одобрение свыше {approvalAbove}.',
    },
  },
  company_pooling: {
    title: {
      en: 'Own points for {company}',
      de: 'Eigene Punkte für {company}',
      es: 'Puntos propios para {company}',
      pt: 'Pontos próprios para {company}',
      ru: 'Личные баллы для {company}',
    },
    outcome: {
      en: 'Given: {points:points}.',
      de: 'Übertragen: {points:points}.',
      es: 'Cedidos: {points:points}.',
      pt: 'Cedidos: {points:points}.',
      ru: 'Передано: {points:points}.',
    },
  },
  adjustment_request: {
    title: {
      en: 'Request to adjust by {points:points}',
      de: 'Anfrage, um {points:points} anzupassen',
      es: 'Solicitud de ajustar {points:points}',
      pt: 'Pedido para ajustar {points:points}',
      ru: 'Запрос на изменение: {points:points}',
    },
    outcome: {
      en: 'It is {status:term}.',
      de: 'Stand: {status:term}.',
      es: 'Estado: {status:term}.',
      pt: 'Estado: {status:term}.',
      ru: 'Статус: {status:term}.',
    },
  },
  company_approval: {
    title: {
      en: 'Approval of {points:points}',
      de: 'Freigabe von {points:points}',
      es: 'Aprobación de {points:points}',
      pt: 'Aprovação de {points:points}',
      ru: 'Одобрение: {points:points}',
    },
    outcome: {
      en: 'It is {status:term}.',
      de: 'Stand: {status:term}.',
      es: 'Estado: {status:term}.',
      pt: 'Estado: {status:term}.',
      ru: 'Статус: {status:term}.',
    },
  },
};
