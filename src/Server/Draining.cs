namespace Footfall.Server;

/// <summary>Whether this process is about to stop: it then says so to balancers before it stops answering, so that no request comes to a closed door.</summary>
sealed class Draining
{
    /// <summary>Null while it means to go on.</summary>
    public string? Reason { get; private set; }

    public void Begin() => Reason = "this process is stopping";
}
