using Microsoft.Extensions.Logging;

namespace PrivacyFunctions.Tests.Scenarios.Support;

/// <summary>Gives away each line that the console would show, with the categories and levels that it would show.</summary>
internal sealed class LogLines(Action<string> take) : ILoggerProvider
{
    /// <inheritdoc/>
    public ILogger CreateLogger(string categoryName) => new Category(categoryName, take);

    /// <inheritdoc/>
    public void Dispose()
    {
        // Nothing is held.
    }

    private sealed class Category(string name, Action<string> take) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            take($"{logLevel}: {name}[{eventId.Id}] {formatter(state, exception)} {exception}");
    }
}
