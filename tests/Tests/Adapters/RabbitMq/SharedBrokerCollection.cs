namespace Footfall.Tests.Adapters.RabbitMq;

[CollectionDefinition(SharedBroker.Collection)]
public sealed class SharedBrokerCollection : ICollectionFixture<SharedBroker>;
