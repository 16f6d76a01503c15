// Placeholder so that the library has a first object; removed by the first real file of text/.
