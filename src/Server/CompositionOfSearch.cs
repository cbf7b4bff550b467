using Footfall.Adapters.Elastic;
using Footfall.Core.Archive;
using Footfall.Core.Enrichment;
using Footfall.Core.HitLog;
using Footfall.Core.Pipeline;
using Footfall.Core.Search;
using Footfall.Core.Sites;
using Footfall.Core.Warehouse;
using Footfall.Server.Background;
using Footfall.Server.Search;
using Footfall.Server.Settings;

namespace Footfall.Server;

/// <summary>Where the search of raw hits is put together: in archive and log, or in an index beside them.</summary>
static class CompositionOfSearch
{
    const string Logstash = "logstash";

    public static void AddSearch(IServiceCollection services, FootfallSettings settings)
    {
        if (settings.SearchNodes.Count > 0)
            AddElastic(services, settings);
        else
            services.AddSingleton<IHitIndex>(provider => new HistoryIndex(
                provider.GetRequiredService<IHitLog>(), provider.GetRequiredService<IArchive>(), provider.GetRequiredService<LogReach>().Partitions));
        services.AddSingleton(provider => new HitInspector(
            provider.GetRequiredService<IHitIndex>(),
            provider.GetRequiredService<SiteDirectory>(),
            provider.GetRequiredService<EnrichmentRules>(),
            provider.GetRequiredService<IWarehouse>(),
            provider.GetRequiredService<Processors>().PositionAsync));
        services.AddSingleton<SearchEndpoints>().AddSingleton<DumpEndpoints>();
    }

    static void AddElastic(IServiceCollection services, FootfallSettings settings)
    {
        services.AddSingleton(provider => new ElasticOptions
        {
            Prefix = settings.SearchPrefix,
            Days = settings.SearchDays,
            Replicas = settings.SearchReplicas,
            Time = provider.GetRequiredService<TimeProvider>(),
        });
        services.AddSingleton(provider => new HttpNodes(settings.SearchNodes, settings.SearchApiKey, provider.GetRequiredService<TimeProvider>(), settings.SearchAuthority));
        services.AddSingleton<IHitDump, ElasticHitDump>();
        services.AddSingleton<IHitIndex>(provider => new ElasticHitIndex(
            provider.GetRequiredService<HttpNodes>(), provider.GetRequiredService<ElasticOptions>(), provider.GetRequiredService<IHitLog>().Partitions));
        if (settings.SearchLogstash.Count > 0)
            services.AddKeyedSingleton(Logstash, (provider, _) => new HttpNodes(settings.SearchLogstash, null, provider.GetRequiredService<TimeProvider>(), settings.SearchAuthority))
                .AddSingleton<IHitSink>(provider => Grouped(new LogstashSink(provider.GetRequiredKeyedService<HttpNodes>(Logstash))));
        else
            services.AddSingleton<IHitSink>(provider => Grouped(ActivatorUtilities.CreateInstance<ElasticSink>(provider)));
        AddDelivery(services, settings);
    }

    static GroupedHitSink Grouped(IHitSink sink) => new(sink, new HitDeliveryOptions().HitsMost);

    static void AddDelivery(IServiceCollection services, FootfallSettings settings)
    {
        var options = new HitDeliveryOptions { Age = settings.SearchDays > 0 ? TimeSpan.FromDays(settings.SearchDays) : null };
        // A history of its own for each, because its reads are for one reader at a time.
        services.AddSingleton(provider => new HitDeliveries(
            provider.GetRequiredService<Archivers>(),
            partition => ActivatorUtilities.CreateInstance<HitDelivery>(provider, partition, ActivatorUtilities.CreateInstance<HitHistory>(provider), options),
            provider.GetRequiredService<IHitDump>(),
            provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton(provider => new DumpState(
            provider.GetRequiredService<IHitDump>(), provider.GetRequiredService<HitDeliveries>(), () => NodesOf(provider)));
        if (Roles.Has(settings, Roles.Archiver))
            services.AddHostedService<HitDeliveryService>();
    }

    static (IReadOnlyList<Uri> All, IReadOnlyList<Uri> Dead) NodesOf(IServiceProvider provider)
    {
        var (search, logstash) = (provider.GetRequiredService<HttpNodes>(), provider.GetKeyedService<HttpNodes>(Logstash));
        return ([.. search.All, .. logstash?.All ?? []], [.. search.Dead, .. logstash?.Dead ?? []]);
    }
}
