using Microsoft.Extensions.Logging;

namespace PrivacyFunctions.LocalHost.Hosting;

/// <summary>Logs failures without a word of their messages, which may hold personal data.</summary>
internal static class FailureLog
{
    /// <summary>The function's name, the types of the exception and of those inside it, and where it was thrown.</summary>
    public static void LogFailure(this ILogger logger, string function, Exception failure)
        => logger.LogError(
            "Function {Function} failed: {Failure}{NewLine}{Frames}",
            function, string.Join(" <- ", Types(failure)), Environment.NewLine, failure.StackTrace);

    private static IEnumerable<string?> Types(Exception? failure)
    {
        for (; failure is not null; failure = failure.InnerException)
            yield return failure.GetType().FullName;
    }
}
