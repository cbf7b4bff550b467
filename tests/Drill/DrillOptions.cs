using System.Globalization;

namespace Footfall.Drill;

/// <summary>What a run of the drill does. The seed decides the order of the faults and everything that is random about the load.</summary>
sealed record DrillOptions
{
    public const string Usage =
        "usage: ./drill ledger [--short | --long] [--seed N] [--faults kill,full,...] [--kills N] [--minutes N] [--rate EVENTS_A_SECOND]\n" +
        "       ./drill cluster [--short | --elastic] [--spill] [--seed N] [--faults collector,queue1,...] [--rate EVENTS_A_SECOND]";

    public int Seed { get; init; } = Environment.TickCount & 0xFFFFF;

    /// <summary>Whether it is of a cluster on this machine, and not of one server.</summary>
    public bool OfCluster { get; init; }

    /// <summary>Whether the cluster has an Elasticsearch, to which things are done as well.</summary>
    public bool WithSearch { get; init; }

    /// <summary>Whether collectors keep hits for a queue that is away.</summary>
    public bool WithSpill { get; init; }

    /// <summary>Names of faults; empty is all of them.</summary>
    public IReadOnlyList<string> Faults { get; init; } = [];

    /// <summary>How often the server is killed; the other faults come once for every <see cref="KillsPerRound"/> kills.</summary>
    public int Kills { get; init; } = 40;

    public int KillsPerRound { get; init; } = 40;

    /// <summary>Goes on with further rounds until this many minutes are over; 0 does the kills and no more.</summary>
    public double Minutes { get; init; }

    /// <summary>About how many events are sent in a second.</summary>
    public int Rate { get; init; } = 1_500;

    /// <summary>Null, or what is wrong with the arguments.</summary>
    public static string? TryParse(string[] arguments, out DrillOptions options)
    {
        options = new DrillOptions();
        if (arguments is not ["ledger" or "cluster", ..])
            return Usage;
        options = new DrillOptions { OfCluster = arguments[0] == "cluster" };
        for (var at = 1; at < arguments.Length; at++)
        {
            var (name, value) = (arguments[at], at + 1 < arguments.Length ? arguments[at + 1] : "");
            switch (name)
            {
                case "--short":
                    if (options.OfCluster)
                        options = options with { Faults = Cluster.ClusterFaults.Short, Rate = 500 };
                    continue;
                case "--elastic":
                    options = options with { WithSearch = true };
                    continue;
                case "--spill":
                    options = options with { WithSpill = true };
                    continue;
                case "--long":
                    options = options with { Kills = 500, KillsPerRound = 25 };
                    continue;
                case "--faults":
                    options = options with { Faults = value.Split(',', StringSplitOptions.RemoveEmptyEntries) };
                    break;
                default:
                    if (With(options, name, value) is not { } next)
                        return $"{name} {value} is not understood.\n{Usage}";
                    options = next;
                    break;
            }
            at++;
        }
        List<string> faults = [.. options.OfCluster ? Cluster.ClusterFaults.All.Select(fault => fault.Name).Append(Cluster.ClusterFaults.Equal) : Footfall.Drill.Faults.FaultTable.All.Select(fault => fault.Name)];
        var unknown = options.Faults.Except(faults).ToList();
        return unknown.Count == 0 ? null : $"There is no fault {unknown[0]}; there are {string.Join(", ", faults)}.";
    }

    static DrillOptions? With(DrillOptions options, string name, string value)
    {
        if (name == "--minutes" && double.TryParse(value, CultureInfo.InvariantCulture, out var minutes))
            return options with { Minutes = minutes };
        if (!int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            return null;
        return name switch
        {
            "--seed" => options with { Seed = number },
            "--kills" => options with { Kills = number },
            "--rate" => options with { Rate = Math.Max(1, number) },
            _ => null,
        };
    }
}
