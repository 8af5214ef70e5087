using System.Globalization;

namespace PrivacyFunctions.LocalHost.StartUp;

/// <summary>What the person at the console sees while the host starts: one line per event, whole lines only, so that the output
/// reads the same in a terminal, in a pipe and in a log.</summary>
internal sealed class Progress(TextWriter output, TimeProvider time)
{
    private readonly long _start = time.GetTimestamp();

    /// <summary>Begins a named part of the start-up; its time runs from here.</summary>
    public ProgressStep Begin(string name) => new(this, name, time);

    /// <summary>The closing block: where to go now. <paramref name="notes"/> are printed under the links.</summary>
    public void Ready(IEnumerable<Link> links, params IEnumerable<string> notes)
    {
        output.WriteLine();
        output.WriteLine($"Ready ({Seconds(time.GetElapsedTime(_start))}).");
        output.WriteLine();
        foreach (var link in links)
            output.WriteLine($"  {link.Title,-18} {link.Url}");
        output.WriteLine();
        foreach (var note in notes)
            output.WriteLine($"  {note}");
        output.Flush();
    }

    internal void Line(string name, string text)
    {
        output.WriteLine($"  {name,-18} {text}");
        output.Flush();
    }

    internal static string Seconds(TimeSpan span) => span.TotalSeconds.ToString("0.0 's'", CultureInfo.InvariantCulture);
}

/// <summary>One part of the start-up, such as Azurite.</summary>
internal sealed class ProgressStep(Progress progress, string name, TimeProvider time)
{
    private readonly long _start = time.GetTimestamp();

    /// <summary>Something worth knowing while the part is still at work.</summary>
    public void Say(string text) => progress.Line(name, text);

    /// <summary>The same with the seconds since the part began.</summary>
    public void SayWithTime(string text) => Say($"{text} ({Progress.Seconds(time.GetElapsedTime(_start))})");
}

/// <summary>A place to go: printed when the host is ready and listed on the desk's first page.</summary>
/// <param name="Title">Two or three plain words.</param>
/// <param name="Url">Absolute.</param>
/// <param name="Purpose">One sentence: what one does there.</param>
public sealed record Link(string Title, string Url, string Purpose);
