using System.Runtime.InteropServices;

namespace PrivacyFunctions.LocalHost.StartUp;

/// <summary>
/// Ctrl-C, SIGTERM or a closed terminal asks once for an orderly stop (<see cref="Stopping"/>), and so does the end of the
/// standard input where that was asked for. A signal after that ends the process at once by the system's default; Azurite
/// then stays, saves what it has and is adopted by the next start.
/// </summary>
internal sealed class StopSignals : IDisposable
{
    // Never disposed: the input may end while the process does. It holds nothing but memory.
    private readonly CancellationTokenSource _stopping = new();
    private readonly PosixSignalRegistration[] _registrations;

    public StopSignals() =>
        _registrations = [.. new[] { PosixSignal.SIGINT, PosixSignal.SIGTERM, PosixSignal.SIGHUP }
            .Select(signal => PosixSignalRegistration.Create(signal, OnSignal))];

    public CancellationToken Stopping => _stopping.Token;

    /// <summary>
    /// From now on the end of the standard input stops the process, too. The system closes a pipe when the process at its other
    /// end ends in whatever way, so whoever starts this one with a pipe cannot leave it behind.
    /// </summary>
    public void StopAtInputEnd()
    {
        var input = Console.OpenStandardInput();
        new Thread(() =>
        {
            input.CopyTo(Stream.Null);
            _stopping.Cancel();
        }) { IsBackground = true, Name = "Standard input" }.Start();
    }

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
    }

    private void OnSignal(PosixSignalContext context)
    {
        context.Cancel = !_stopping.IsCancellationRequested;
        _stopping.Cancel();
    }
}
