/**
 * Bus: a DALI bus of an ESP32: two channels of the RMT carry the symbols, exchange.c decides by a timer of
 * a millisecond which one is next. JavaScript asks for the answer (bus.ts).
 *
 * A frame is sent by hardware from its own memory, and so is an answer received; the receiver is started
 * in the interrupt that ends the frame, 5.5 ms before an answer can begin. While an erase holds the flash
 * cache a step waits, up to 0.4 s: then a configuration command may not count, and is tried again by
 * setup.ts.
 */
#include "exchange.h"

#include "driver/gpio.h"
#include "driver/rmt_encoder.h"
#include "driver/rmt_rx.h"
#include "driver/rmt_tx.h"
#include "esp_timer.h"
#include "freertos/FreeRTOS.h"

#define EVERY 1000 /* microseconds */
#define RESOLUTION 1000000
/* A memory block of the RMT of each chip; a frame has 25 symbols at most. */
#define BLOCK 48
/* No shorter edge is one of a bus; the RMT of a C3 filters up to 3 microseconds. */
#define GLITCH_ns 2000
/* A bus at rest for 1.6 ms, two bits, ends an answer. */
#define REST_ns 1600000

static struct Exchange exchange;
static portMUX_TYPE lock = portMUX_INITIALIZER_UNLOCKED;
static rmt_channel_handle_t sender, receiver;
static rmt_encoder_handle_t copies;
static esp_timer_handle_t timer;
static gpio_num_t line;
static bool isInverted, isOpen;
static rmt_symbol_word_t symbols[WIRE_SPANS / 2];
static rmt_symbol_word_t received[BLOCK];

static uint32_t now(void)
{
	return (uint32_t) esp_timer_get_time();
}

/* A frame ends low or high: the symbol of an odd span is its own and the rest. */
static size_t symbolsOf(uint32_t frame)
{
	uint16_t spans[WIRE_SPANS];
	int count = wireForward(frame, spans);
	size_t all = 0;
	for (int nth = 0; nth < count; nth += 2, all++) {
		symbols[all].level0 = 0;
		symbols[all].duration0 = spans[nth];
		symbols[all].level1 = 1;
		symbols[all].duration1 = nth + 1 < count ? spans[nth + 1] : WIRE_HALF_BIT;
	}
	return all;
}

static void receive(void)
{
	static const rmt_receive_config_t config = {
		.signal_range_min_ns = GLITCH_ns,
		.signal_range_max_ns = REST_ns,
	};
	rmt_receive(receiver, received, sizeof(received), &config);
}

static bool onSent(rmt_channel_handle_t channel, const rmt_tx_done_event_data_t *data, void *nothing)
{
	(void) channel;
	(void) data;
	(void) nothing;
	portENTER_CRITICAL_ISR(&lock);
	bool awaits = exchangeSent(&exchange, now());
	portEXIT_CRITICAL_ISR(&lock);
	if (awaits) receive();
	return false;
}

static bool onReceived(rmt_channel_handle_t channel, const rmt_rx_done_event_data_t *data, void *nothing)
{
	uint16_t spans[2 * BLOCK];
	int count = 0;
	(void) channel;
	(void) nothing;
	for (size_t nth = 0; nth < data->num_symbols && nth < BLOCK; nth++) {
		const rmt_symbol_word_t *symbol = &data->received_symbols[nth];
		if (symbol->duration0 != 0) spans[count++] = symbol->duration0;
		if (symbol->duration1 != 0) spans[count++] = symbol->duration1;
	}
	portENTER_CRITICAL_ISR(&lock);
	exchangeReceived(&exchange, spans, count, now());
	portEXIT_CRITICAL_ISR(&lock);
	return false;
}

static void step(void *nothing)
{
	(void) nothing;
	bool isHigh = (gpio_get_level(line) != 0) != isInverted;
	portENTER_CRITICAL(&lock);
	bool sends = exchangeStep(&exchange, isHigh, now());
	uint32_t frame = exchange.frame;
	bool isBusy = exchangeIsBusy(&exchange);
	portEXIT_CRITICAL(&lock);
	if (sends) {
		const rmt_transmit_config_t config = { .flags.eot_level = 1 };
		/* a receiver that no answer has stopped */
		rmt_disable(receiver);
		rmt_enable(receiver);
		rmt_transmit(sender, copies, symbols, symbolsOf(frame) * sizeof(symbols[0]), &config);
	}
	if (!isBusy) esp_timer_stop(timer);
}

static void run(void)
{
	if (!esp_timer_is_active(timer)) esp_timer_start_periodic(timer, EVERY);
}

/** Opens the bus; the pin that sends is high at rest, or low if it is inverted. */
int32_t luminode_bus_open(int32_t transmit, int32_t receives, int32_t invertOut, int32_t invertIn)
{
	const rmt_tx_channel_config_t out = {
		.gpio_num = (gpio_num_t) transmit,
		.clk_src = RMT_CLK_SRC_DEFAULT,
		.resolution_hz = RESOLUTION,
		.mem_block_symbols = BLOCK,
		.trans_queue_depth = 1,
		.flags = { .invert_out = invertOut != 0, .init_level = 1 },
	};
	const rmt_rx_channel_config_t in = {
		.gpio_num = (gpio_num_t) receives,
		.clk_src = RMT_CLK_SRC_DEFAULT,
		.resolution_hz = RESOLUTION,
		.mem_block_symbols = BLOCK,
		.flags = { .invert_in = invertIn != 0 },
	};
	const rmt_copy_encoder_config_t copy = {};
	const rmt_tx_event_callbacks_t sent = { .on_trans_done = onSent };
	const rmt_rx_event_callbacks_t came = { .on_recv_done = onReceived };
	const esp_timer_create_args_t steps = { .callback = step, .name = "bus" };
	line = (gpio_num_t) receives;
	isInverted = invertIn != 0;
	exchangeOpen(&exchange, now());
	isOpen = rmt_new_tx_channel(&out, &sender) == ESP_OK && rmt_new_rx_channel(&in, &receiver) == ESP_OK
		&& rmt_new_copy_encoder(&copy, &copies) == ESP_OK
		&& rmt_tx_register_event_callbacks(sender, &sent, NULL) == ESP_OK
		&& rmt_rx_register_event_callbacks(receiver, &came, NULL) == ESP_OK && rmt_enable(sender) == ESP_OK
		&& rmt_enable(receiver) == ESP_OK && esp_timer_create(&steps, &timer) == ESP_OK;
	return isOpen;
}

/** Whether the frame was accepted. */
int32_t luminode_bus_send(int32_t frame, int32_t twice)
{
	if (!isOpen) return 0;
	portENTER_CRITICAL(&lock);
	bool accepted = exchangeBegin(&exchange, (uint32_t) frame, twice != 0, now());
	portEXIT_CRITICAL(&lock);
	run();
	return accepted;
}

/** The answer, once; EXCHANGE_PENDING: none yet. */
int32_t luminode_bus_take(void)
{
	portENTER_CRITICAL(&lock);
	int answer = exchangeTake(&exchange);
	portEXIT_CRITICAL(&lock);
	return answer;
}

void luminode_bus_arm(int32_t frame)
{
	if (!isOpen) return;
	portENTER_CRITICAL(&lock);
	exchangeArm(&exchange, frame, now());
	portEXIT_CRITICAL(&lock);
	run();
}

/** A frame that leaves as soon as the bus rests, whatever is under way. */
void luminode_bus_insist(int32_t frame)
{
	if (!isOpen) return;
	portENTER_CRITICAL(&lock);
	exchangeInsist(&exchange, (uint32_t) frame, now());
	portEXIT_CRITICAL(&lock);
	run();
}

/** JavaScript lives. */
void luminode_bus_beat(void)
{
	portENTER_CRITICAL(&lock);
	exchangeBeat(&exchange, now());
	portEXIT_CRITICAL(&lock);
}
