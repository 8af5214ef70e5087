namespace PrivacyFunctions.Clock;

/// <summary>
/// Something was asked for before its legal instant, by a timer or a clock that is ahead. It is asked for again until it is due.
/// </summary>
internal sealed class TooEarlyException() : Exception("It is not due yet.");
