char *pcTaskGetName(TaskHandle_t task);
