namespace PrivacyFunctions.LocalHost.Hosting;

/// <summary>The app cannot be run as it is written or configured. The message says what to correct, one
/// sentence a line.</summary>
internal sealed class FunctionStartupException(string message) : Exception(message)
{
    /// <summary>What is wrong with one function, as a sentence.</summary>
    public static FunctionStartupException Of(string function, string reason) => new($"Function {function}: {reason}.");
}
