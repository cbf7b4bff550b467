using Footfall.Adapters.Spark;
using Footfall.Servers;

namespace Footfall.Tests.Adapters.Spark;

/// <summary>One Spark for all tests that need no more than to ask it.</summary>
[CollectionDefinition(Collection)]
public sealed class SharedSpark : IAsyncLifetime, ICollectionFixture<SharedSpark>
{
    public const string Collection = "Spark";

    SparkServer _server = null!;

    public Uri Address => _server.Address;

    public async ValueTask InitializeAsync() => _server = await SparkServer.StartAsync();

    public async ValueTask DisposeAsync() => await _server.DisposeAsync();

    /// <summary>A client whose sessions are quick on little data: one task a step, and nothing compiled for it.</summary>
    public SparkClient Client(string folder, Func<SparkOptions, SparkOptions>? with = null)
    {
        var options = new SparkOptions
        {
            Address = _server.Address,
            Folder = folder,
            FolderForSpark = "file://" + folder,
            Session = new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["spark.sql.shuffle.partitions"] = "1",
                ["spark.sql.codegen.wholeStage"] = "false",
                ["spark.sql.codegen.factoryMode"] = "NO_CODEGEN",
            },
        };
        return new SparkClient(with?.Invoke(options) ?? options);
    }
}
