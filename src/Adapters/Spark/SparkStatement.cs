using System.Runtime.CompilerServices;
using Footfall.Adapters.Spark.Protocol;
using Grpc.Core;

namespace Footfall.Adapters.Spark;

/// <summary>
/// One statement of a session. The server keeps what it answers until it is told that it has arrived, so a connection that breaks is taken up again where
/// it broke; and a statement that nobody waits for any more is interrupted.
/// </summary>
sealed class SparkStatement(SparkSession session, Plan plan)
{
    static readonly TimeSpan FirstWait = TimeSpan.FromMilliseconds(50);
    static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(3);
    static readonly TimeSpan CleanUp = TimeSpan.FromSeconds(5);

    readonly string _id = Guid.NewGuid().ToString();
    string? _last;
    bool _complete;

    SparkConnectService.SparkConnectServiceClient Service => session.Client.Service;

    TimeProvider Time => session.Client.Options.Time;

    /// <exception cref="SparkException">It failed, or the connection broke for longer than is borne.</exception>
    public async IAsyncEnumerable<ExecutePlanResponse> RunAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        try
        {
            var call = Begin(cancellation);
            var broken = new Outage(Time, session.Client.Options.Patience);
            while (!_complete)
            {
                var (response, failure) = await NextAsync(call);
                if (response is not null)
                {
                    broken.IsOver();
                    _last = response.ResponseId;
                    _complete = response.ResponseTypeCase == ExecutePlanResponse.ResponseTypeOneofCase.ResultComplete;
                    yield return response;
                    continue;
                }
                call.Dispose();
                cancellation.ThrowIfCancellationRequested();
                if (failure is not null)
                    await broken.BearAsync(failure, _last is null, cancellation);
                // One that the server never heard of begins; else a stream that ended before the statement did goes on behind what arrived.
                call = failure is not null && SparkErrors.IsOf(failure, SparkErrors.UnknownOperation) ? Begin(cancellation) : Reattach(cancellation);
            }
            call.Dispose();
        }
        finally
        {
            await ReleaseAsync();
        }
    }

    AsyncServerStreamingCall<ExecutePlanResponse> Begin(CancellationToken cancellation) => Service.ExecutePlan(
        new ExecutePlanRequest
        {
            SessionId = session.Id,
            UserContext = session.User,
            ClientObservedServerSideSessionId = session.ServerSide,
            OperationId = _id,
            Plan = plan,
            RequestOptions = { new ExecutePlanRequest.Types.RequestOption { ReattachOptions = new ReattachOptions { Reattachable = true } } },
        },
        cancellationToken: cancellation);

    AsyncServerStreamingCall<ExecutePlanResponse> Reattach(CancellationToken cancellation)
    {
        var request = new ReattachExecuteRequest
        {
            SessionId = session.Id,
            UserContext = session.User,
            ClientObservedServerSideSessionId = session.ServerSide,
            OperationId = _id,
        };
        if (_last is not null)
            request.LastResponseId = _last;
        return Service.ReattachExecute(request, cancellationToken: cancellation);
    }

    static async Task<(ExecutePlanResponse? Response, RpcException? Failure)> NextAsync(AsyncServerStreamingCall<ExecutePlanResponse> call)
    {
        try
        {
            return (await call.ResponseStream.MoveNext(CancellationToken.None) ? call.ResponseStream.Current : null, null);
        }
        catch (RpcException failure)
        {
            return (null, failure);
        }
    }

    /// <summary>What the server keeps for a statement is let go of, and a statement that still runs is stopped. A server that is away does so by itself later.</summary>
    async Task ReleaseAsync()
    {
        try
        {
            var until = Time.GetUtcNow().UtcDateTime + CleanUp;
            if (!_complete)
            {
                await Service.InterruptAsync(
                    new InterruptRequest
                    {
                        SessionId = session.Id,
                        UserContext = session.User,
                        InterruptType = InterruptRequest.Types.InterruptType.OperationId,
                        OperationId = _id,
                    },
                    deadline: until);
            }
            var release = new ReleaseExecuteRequest
            {
                SessionId = session.Id,
                UserContext = session.User,
                OperationId = _id,
                ReleaseAll = new ReleaseExecuteRequest.Types.ReleaseAll(),
            };
            await Service.ReleaseExecuteAsync(release, deadline: until);
        }
        catch (RpcException)
        {
            // Told above.
        }
    }

    /// <summary>How long the connection has been broken.</summary>
    sealed class Outage(TimeProvider time, TimeSpan patience)
    {
        long? _since;
        TimeSpan _wait = FirstWait;

        public void IsOver() => (_since, _wait) = (null, FirstWait);

        /// <summary>Waits before the next attempt.</summary>
        /// <exception cref="SparkException">There is none: it is no broken connection, or broken for too long.</exception>
        public async Task BearAsync(RpcException failure, bool isUnanswered, CancellationToken cancellation)
        {
            _since ??= time.GetTimestamp();
            var mayPass = SparkErrors.IsBroken(failure) || (isUnanswered && SparkErrors.IsOf(failure, SparkErrors.UnknownOperation));
            if (!mayPass || time.GetElapsedTime(_since.Value) > patience)
                throw SparkErrors.From(failure);
            await Task.Delay(_wait, time, cancellation);
            _wait = _wait * 2 < LongestWait ? _wait * 2 : LongestWait;
        }
    }
}
