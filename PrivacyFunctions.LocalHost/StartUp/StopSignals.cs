using System.Runtime.InteropServices;

namespace PrivacyFunctions.LocalHost.StartUp;

/// <summary>
/// Ctrl-C, SIGTERM or a closed terminal asks once for an orderly stop (<see cref="Stopping"/>). Asked again, the process ends
/// at once by the system's default; Azurite then stays, saves what it has and is adopted by the next start.
/// </summary>
internal sealed class StopSignals : IDisposable
{
    private readonly CancellationTokenSource _stopping = new();
    private readonly PosixSignalRegistration[] _registrations;

    public StopSignals() =>
        _registrations = [.. new[] { PosixSignal.SIGINT, PosixSignal.SIGTERM, PosixSignal.SIGHUP }
            .Select(signal => PosixSignalRegistration.Create(signal, OnSignal))];

    public CancellationToken Stopping => _stopping.Token;

    /// <summary>Completes, without an error, when <paramref name="stopping"/> is asked for.</summary>
    public static async Task WaitAsync(CancellationToken stopping)
    {
        var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = stopping.Register(asked.SetResult);
        await asked.Task;
    }

    public void Dispose()
    {
        foreach (var registration in _registrations)
            registration.Dispose();
        _stopping.Dispose();
    }

    private void OnSignal(PosixSignalContext context)
    {
        context.Cancel = !_stopping.IsCancellationRequested;
        _stopping.Cancel();
    }
}
