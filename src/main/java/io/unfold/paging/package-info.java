/** Lists that are given page by page. */
@NullMarked
package io.unfold.paging;

import org.jspecify.annotations.NullMarked;
