using System.Runtime.Loader;

/// <summary>.NET calls this before the app's own code (DOTNET_STARTUP_HOOKS): name and signature are fixed.</summary>
internal static class StartupHook
{
    /// <summary>Lets the web host find this assembly by its name, and ends the worker when the host is gone.</summary>
    public static void Initialize()
    {
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
