using System.Runtime.InteropServices;
using System.Runtime.Loader;

/// <summary>.NET calls this before the app's own code (DOTNET_STARTUP_HOOKS): name and signature are fixed.</summary>
internal static class StartupHook
{
    private static readonly PosixSignalRegistration[] Ignored =
        [.. new[] { PosixSignal.SIGINT, PosixSignal.SIGQUIT, PosixSignal.SIGHUP }
            .Select(signal => PosixSignalRegistration.Create(signal, static context => context.Cancel = true))];

    /// <summary>Lets the web host find this assembly by its name, and ends the worker when the host is gone and not before: Ctrl-C
    /// in a terminal reaches every process of it, and the host first lets run to its end what runs.</summary>
    public static void Initialize()
    {
        GC.KeepAlive(Ignored);
        AssemblyLoadContext.Default.Resolving += static (_, name) =>
            name.Name == typeof(StartupHook).Assembly.GetName().Name ? typeof(StartupHook).Assembly : null;

        // The system closes the pipe when the host ends, however it ends: no worker is left behind.
        var host = Console.OpenStandardInput();
        new Thread(() =>
        {
            host.CopyTo(Stream.Null);
            Environment.Exit(0);
        }) { IsBackground = true, Name = "Host" }.Start();
    }
}
