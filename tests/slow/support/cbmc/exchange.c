/**
 * For CBMC: from any state that an exchange may be in, any one call leaves it in such a state. So a row of
 * calls of any length does.
 */
#include "exchange.h"

#include <assert.h>

struct Exchange nondet_state(void);
uint32_t nondet_number(void);

static bool isSound(const struct Exchange *exchange)
{
	return (int) exchange->phase >= EXCHANGE_RESTS && exchange->phase <= EXCHANGE_AWAITS && exchange->copies >= 0 && exchange->copies <= 2 &&
		(exchange->copies > 0 || exchange->phase == EXCHANGE_RESTS || exchange->phase == EXCHANGE_AWAITS) &&
		exchange->tries >= 0 && exchange->tries <= (exchange->phase == EXCHANGE_SETTLES ? 3 : 4) && exchange->answer >= EXCHANGE_PENDING &&
		exchange->answer <= 255 && exchange->armed <= 0xffff && exchange->urgent >= -1 && exchange->urgent <= 0xffff;
}

int main(void)
{
	struct Exchange exchange = nondet_state();
	uint16_t spans[WIRE_SPANS];
	uint32_t now = nondet_number();
	uint32_t given = nondet_number();
	int32_t frame = (int32_t) (given & 0x1ffff) - 0x10000;
	exchangeOpen(&exchange, now);
	assert(isSound(&exchange));

	exchange = nondet_state();
	__CPROVER_assume(isSound(&exchange));
	enum ExchangePhase before = exchange.phase;
	switch (nondet_number() % 9) {
	case 0: exchangeOpen(&exchange, now); break;
	case 1:
		if (exchangeBegin(&exchange, (uint16_t) given, given >> 16 & 1, now)) assert(before == EXCHANGE_RESTS);
		break;
	case 2:
		if (exchangeStep(&exchange, given & 1, now)) assert(exchange.phase == EXCHANGE_SENDS && (given & 1));
		break;
	case 3: exchangeSent(&exchange, now); break;
	case 4: exchangeReceived(&exchange, spans, (int) (given % (WIRE_SPANS + 1)), now); break;
	case 5: assert(exchangeTake(&exchange) <= 255 && exchange.answer == EXCHANGE_PENDING); break;
	case 6: exchangeArm(&exchange, frame <= 0xffff ? frame : -1, now); break;
	case 7: exchangeInsist(&exchange, (uint16_t) given, now); break;
	default: exchangeBeat(&exchange, now);
	}
	assert(isSound(&exchange));
	assert(exchangeIsBusy(&exchange) || exchange.phase == EXCHANGE_RESTS);
}
