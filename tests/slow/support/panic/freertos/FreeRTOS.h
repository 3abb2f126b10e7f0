typedef void *TaskHandle_t;
