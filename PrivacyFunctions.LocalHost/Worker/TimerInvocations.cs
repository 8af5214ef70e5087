using PrivacyFunctions.LocalHost.Worker.Protocol;

namespace PrivacyFunctions.LocalHost.Worker;

/// <summary>Lets the worker run timer functions.</summary>
internal sealed class TimerInvocations(WorkerChannel channel, Invocations invocations)
{
    /// <summary>Runs one and waits for its end.</summary>
    /// <exception cref="FunctionFailedException">It failed; what failed is in the worker's log.</exception>
    /// <exception cref="WorkerGoneException">The worker ended first.</exception>
    public async Task RunAsync(WorkerFunction function, TimerData info, CancellationToken cancellation)
    {
        var answer = await channel.InvokeAsync(function, invocations.Timer(function, info), cancellation);
        if (answer.Result.Status == StatusResult.Types.Status.Success) return;
        cancellation.ThrowIfCancellationRequested();
        throw new FunctionFailedException();
    }
}

/// <summary>A function failed. Its own words stay with the worker.</summary>
internal sealed class FunctionFailedException() : Exception("The function failed.");
