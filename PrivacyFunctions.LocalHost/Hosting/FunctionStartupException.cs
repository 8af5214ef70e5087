namespace PrivacyFunctions.LocalHost.Hosting;

/// <summary>The app cannot be run as it is written or configured. The message says what to correct, one
/// sentence a line.</summary>
internal sealed class FunctionStartupException(string message) : Exception(message);
