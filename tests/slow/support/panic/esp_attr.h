#define RTC_NOINIT_ATTR
#define IRAM_ATTR
