/**
 * Light: carries the duty each 5 ms by an interrupt of a timer of its own that works while the flash cache
 * is off, and is the sole writer of the LEDC's channel and of the duty in RTC memory.
 *
 * gptimer allocates its interrupt with ESP_INTR_FLAG_IRAM (CONFIG_GPTIMER_ISR_CACHE_SAFE) and is stopped in
 * RAM (CONFIG_GPTIMER_CTRL_FUNC_IN_IRAM). esp_timer would do both without a second driver, but takes each
 * interrupt for that of its nearest alarm (esp_timer_impl_try_to_set_next_alarm): after one that came for
 * another, stopped timer, such as Wi-Fi's, the light would stand until the next. linker.lf puts this
 * file, ledc.c and fade.c into RAM with their constants; tools/image/inram.ts proves by the map that the
 * interrupt reaches nothing in flash. The timer runs only while the light moves.
 */
#include "../fade.h"
#include "light.h"

#include "driver/gptimer.h"
#include "esp_attr.h"
#include "esp_timer.h"
#include "freertos/FreeRTOS.h"

#define MICROSECONDS 1000000 /* a second */
#define EVERY 5000

static struct Fade fade;
static uint32_t resolution;
static bool isInverted;
static uint32_t shown; /* the duty that the LEDC has */
static portMUX_TYPE lock = portMUX_INITIALIZER_UNLOCKED;
static gptimer_handle_t timer;

/* A crash between the two writes leaves no valid duty. */
static RTC_NOINIT_ATTR uint32_t shone[2];

static uint32_t now(void)
{
	return (uint32_t) esp_timer_get_time();
}

static void show(void)
{
	shown = fade.duty;
	luminode_ledc(fadeValue(shown, resolution, isInverted));
}

static void showAndKeep(void)
{
	show();
	shone[0] = shown;
	shone[1] = ~shown;
}

static bool carry(gptimer_handle_t unused, const gptimer_alarm_event_data_t *event, void *nothing)
{
	(void) unused;
	(void) event;
	(void) nothing;
	portENTER_CRITICAL_ISR(&lock);
	if (!fadeStep(&fade, now())) gptimer_stop(timer);
	if (fade.duty != shown) showAndKeep();
	portEXIT_CRITICAL_ISR(&lock);
	return false;
}

static void openTimer(void)
{
	const gptimer_config_t config = {
		.clk_src = GPTIMER_CLK_SRC_DEFAULT,
		.direction = GPTIMER_COUNT_UP,
		.resolution_hz = MICROSECONDS,
	};
	const gptimer_event_callbacks_t calls = { .on_alarm = carry };
	const gptimer_alarm_config_t each = { .alarm_count = EVERY, .flags.auto_reload_on_alarm = true };
	ESP_ERROR_CHECK(gptimer_new_timer(&config, &timer));
	ESP_ERROR_CHECK(gptimer_register_event_callbacks(timer, &calls, NULL));
	ESP_ERROR_CHECK(gptimer_set_alarm_action(timer, &each));
	ESP_ERROR_CHECK(gptimer_enable(timer));
}

/** Shows a duty and does not keep it: of lives that end before their first decision the next is lit. */
void luminode_light(int32_t bits, int32_t inverted, int32_t duty)
{
	resolution = (uint32_t) bits;
	isInverted = inverted != 0;
	fadeHold(&fade, (uint32_t) duty);
	show();
	openTimer();
}

void luminode_shine(int32_t duty)
{
	portENTER_CRITICAL(&lock);
	fadeHold(&fade, (uint32_t) duty);
	showAndKeep();
	portEXIT_CRITICAL(&lock);
}

/** `Dimmer.fade`. Whether beats are needed. */
int32_t luminode_fade(void *path, int32_t count)
{
	bool wanted;
	portENTER_CRITICAL(&lock);
	fadeStart(&fade, path, (uint32_t) count, now());
	showAndKeep();
	wanted = fadeWantsBeats(&fade, fade.startedAt);
	gptimer_start(timer); /* of no effect while it runs */
	portEXIT_CRITICAL(&lock);
	return wanted;
}

void luminode_stop(void)
{
	portENTER_CRITICAL(&lock);
	fadeStop(&fade, now());
	showAndKeep();
	portEXIT_CRITICAL(&lock);
}

/** JavaScript lives. Whether more beats are needed. */
int32_t luminode_beat(void)
{
	bool wanted;
	portENTER_CRITICAL(&lock);
	fadeBeat(&fade, now());
	wanted = fadeWantsBeats(&fade, now());
	if (wanted) gptimer_start(timer);
	portEXIT_CRITICAL(&lock);
	return wanted;
}

/** The duty that was shown last before this boot, -1 if none is whole; cleared by the call. */
int32_t luminode_shone(void)
{
	int32_t duty = shone[0] == ~shone[1] ? (int32_t) shone[0] : -1;
	shone[1] = shone[0];
	return duty;
}
