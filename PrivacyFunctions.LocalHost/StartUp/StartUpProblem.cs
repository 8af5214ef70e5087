namespace PrivacyFunctions.LocalHost.StartUp;

/// <summary>
/// The local host cannot start for a reason that the person at the keyboard can mend: <see cref="Exception.Message"/> is one
/// clear sentence that names the remedy. Program prints that sentence alone, without a stack trace, and exits with 1.
/// </summary>
internal sealed class StartUpProblem(string message, Exception? inner = null) : Exception(message, inner);
