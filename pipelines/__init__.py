"""gouji 勾稽: government budget and performance reports as a warehouse of traceable, checked figures."""
