using Footfall.Core.Archive;
using Footfall.Core.Enrichment;
using Footfall.Core.HitLog;
using Footfall.Core.Pipeline;
using Footfall.Core.Search;
using Footfall.Core.Sites;
using Footfall.Core.Warehouse;
using Footfall.Server.Search;

namespace Footfall.Server;

/// <summary>Where the search of raw hits is put together.</summary>
static class CompositionOfSearch
{
    public static void AddSearch(IServiceCollection services)
    {
        services.AddSingleton<IHitIndex>(provider => new HistoryIndex(
            provider.GetRequiredService<IHitLog>(), provider.GetRequiredService<IArchive>(), provider.GetRequiredService<LogReach>().Partitions));
        services.AddSingleton(provider => new HitInspector(
            provider.GetRequiredService<IHitIndex>(),
            provider.GetRequiredService<SiteDirectory>(),
            provider.GetRequiredService<EnrichmentRules>(),
            provider.GetRequiredService<IWarehouse>(),
            provider.GetRequiredService<Processors>().PositionAsync));
        services.AddSingleton<SearchEndpoints>();
    }
}
