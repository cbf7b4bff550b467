namespace Footfall.Tests.Adapters.Elastic;

[CollectionDefinition(SharedElastic.Collection)]
public sealed class SharedElasticCollection : ICollectionFixture<SharedElastic>;
