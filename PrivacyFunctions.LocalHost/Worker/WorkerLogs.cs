using Microsoft.Extensions.Logging;
using PrivacyFunctions.LocalHost.Worker.Protocol;

namespace PrivacyFunctions.LocalHost.Worker;

/// <summary>
/// Writes what the worker logs into this host's log, by category. Of an exception only its type and where it was thrown: its
/// words may hold personal data.
/// </summary>
internal sealed class WorkerLogs(ILoggerFactory loggers)
{
    private readonly ILogger _failures = loggers.CreateLogger("Function");

    /// <summary>Writes an entry of the worker's log.</summary>
    public void Write(RpcLog entry)
    {
        if (entry.LogCategory == RpcLog.Types.RpcLogCategory.CustomMetric || entry.Level == RpcLog.Types.Level.None) return;
        var logger = loggers.CreateLogger(string.IsNullOrEmpty(entry.Category) ? "Function" : entry.Category);
        var level = (LogLevel)entry.Level;
        if (entry.Exception is { } exception)
            logger.Log(
                level, "{Message} {Exception}{NewLine}{Frames}", entry.Message, TypeOf(exception), Environment.NewLine,
                exception.StackTrace);
        else
            logger.Log(level, "{Message}", entry.Message);
    }

    /// <summary>Writes that a function failed: its name, the exception's type and where it was thrown.</summary>
    public void WriteFailure(string function, RpcException? exception) => _failures.LogError(
        "Function {Function} failed: {Exception}{NewLine}{Frames}",
        function, exception is null ? "" : TypeOf(exception), Environment.NewLine, exception?.StackTrace);

    /// <summary>Writes that a function took longer than it may, and that the worker is given up for it.</summary>
    public void WriteTimeout(string function, TimeSpan limit) => _failures.LogCritical(
        "Function {Function} did not end within {Limit} (functionTimeout in host.json); the worker is given up", function, limit);

    // The worker sends either the type, or the exception's whole text, which begins with the type.
    private static string TypeOf(RpcException exception) =>
        exception.Type is { Length: > 0 } type ? type : exception.Message.Split(':', '\n')[0];
}
