using System.Reflection;

namespace Microsoft.DurableTask;

/// <summary>What is stored about a failure: readable text, so it must hold no personal data.</summary>
/// <param name="ErrorType">The exception type's full name, or "(unknown)".</param>
/// <param name="ErrorMessage">The exception's message.</param>
/// <param name="StackTrace">The stack trace, if it was kept.</param>
/// <param name="InnerFailure">The failure that caused this one.</param>
/// <param name="Properties">Further values, if the failing side gave any.</param>
public record TaskFailureDetails(
    string ErrorType,
    string ErrorMessage,
    string? StackTrace,
    TaskFailureDetails? InnerFailure,
    IDictionary<string, object?>? Properties)
{
    private Type? _loadedType;

    /// <summary>The details of an exception and, recursively, of its inner exceptions.</summary>
    public static TaskFailureDetails FromException(Exception exception)
    {
        ArgumentNullException.ThrowIfNull(exception);
        return new(
            exception.GetType().ToString(),
            exception.Message,
            exception.StackTrace,
            exception.InnerException is { } inner ? FromException(inner) : null,
            null);
    }

    /// <inheritdoc cref="IsCausedBy(Type)"/>
    public bool IsCausedBy<T>()
        where T : Exception => IsCausedBy(typeof(T));

    /// <summary>
    /// Whether <see cref="ErrorType"/> names the given exception type or one derived from it; <c>false</c> when the named
    /// type cannot be found, as with every failure that passed through the Functions host.
    /// </summary>
    /// <exception cref="ArgumentException">The type is not an exception type.</exception>
    /// <exception cref="AmbiguousMatchException">Several loaded assemblies have a type of that name.</exception>
    public bool IsCausedBy(Type targetBaseExceptionType)
    {
        ArgumentNullException.ThrowIfNull(targetBaseExceptionType);
        if (!typeof(Exception).IsAssignableFrom(targetBaseExceptionType))
            throw new ArgumentException($"{targetBaseExceptionType} is not an exception type.", nameof(targetBaseExceptionType));
        if (string.IsNullOrEmpty(ErrorType))
            return false;

        _loadedType ??= Type.GetType(ErrorType, throwOnError: false)
            ?? targetBaseExceptionType.Assembly.GetType(ErrorType, throwOnError: false)
            ?? FindInLoadedAssemblies(ErrorType);
        return _loadedType is not null && targetBaseExceptionType.IsAssignableFrom(_loadedType);
    }

    /// <summary>Type and message.</summary>
    public override string ToString() => $"{ErrorType}: {ErrorMessage}";

    private static Type? FindInLoadedAssemblies(string name)
    {
        var found = AppDomain.CurrentDomain.GetAssemblies()
            .Select(assembly => assembly.GetType(name, throwOnError: false))
            .OfType<Type>()
            .ToList();
        return found.Count > 1
            ? throw new AmbiguousMatchException($"Several loaded types are named {name}.")
            : found.SingleOrDefault();
    }
}
