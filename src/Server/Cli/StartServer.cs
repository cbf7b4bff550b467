using Footfall.Server.Settings;

namespace Footfall.Server.Cli;

/// <summary>Starts a server in this process; completes once it answers.</summary>
/// <exception cref="UserErrorException">The data folder cannot be used or belongs to another process, or the address is taken.</exception>
public delegate Task<IRunningServer> StartServer(FootfallSettings settings, CancellationToken cancellation);
