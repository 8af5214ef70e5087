using Microsoft.Extensions.Logging;

namespace Microsoft.DurableTask;

/// <summary>Loggers that write only what an orchestrator says for the first time, so that a replay repeats nothing.</summary>
internal sealed class ReplaySafeLogging(TaskOrchestrationContext context, ILoggerFactory inner) : ILoggerFactory
{
    public void AddProvider(ILoggerProvider provider) => inner.AddProvider(provider);

    public ILogger CreateLogger(string categoryName) => new SilentWhileReplaying(context, inner.CreateLogger(categoryName));

    /// <summary>Nothing: the factory behind belongs to the host.</summary>
    public void Dispose()
    {
    }

    private sealed class SilentWhileReplaying(TaskOrchestrationContext context, ILogger inner) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => inner.BeginScope(state);

        public bool IsEnabled(LogLevel logLevel) => !context.IsReplaying && inner.IsEnabled(logLevel);

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (!context.IsReplaying)
                inner.Log(logLevel, eventId, state, exception, formatter);
        }
    }
}
