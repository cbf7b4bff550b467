/** The sign of Footfall: two steps. */
export function Mark({ size = 24 }: { size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 32 32" aria-hidden focusable="false">
      <rect width="32" height="32" rx="8" className="mark-ground" />
      <g className="mark-steps">
        <ellipse cx="11.5" cy="18.2" rx="3.4" ry="5.1" transform="rotate(-8 11.5 18.2)" />
        <ellipse cx="12.8" cy="25.2" rx="2.3" ry="2.2" />
        <ellipse cx="20.5" cy="10.8" rx="3.4" ry="5.1" transform="rotate(8 20.5 10.8)" />
        <ellipse cx="19.2" cy="17.8" rx="2.3" ry="2.2" />
      </g>
    </svg>
  )
}
